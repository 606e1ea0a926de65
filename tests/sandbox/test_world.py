"""The company, how it changes, and starting over."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.hands import Hands, Json, Listener, send


@pytest.fixture
def ear(everything: Hands) -> Iterator[Listener]:
    listener = Listener(everything)
    yield listener
    listener.close()


def heard(hands: Hands, ear: Listener) -> list[Json]:
    hands.do("settle")
    return [envelope["payload"]["event"] for envelope in ear.all()]


def test_the_company_is_believable(hands: Hands) -> None:
    state = hands.see("state")
    people = [person for person in state["people"] if not person["is_bot"]]
    assert len(people) == 24
    assert len({person["tz"] for person in people}) >= 5
    assert len([person for person in people if person["is_admin"]]) == 2
    assert [person["id"] for person in people if person["is_restricted"]] == ["U_UMA"]
    assert [person["id"] for person in people if person["deleted"]] == ["U_VIC"]
    assert all(2 <= len(person["topics"]) <= 5 for person in people)
    away = [each["name"] for each in state["channels"] if "U_BOT" not in each["members"]]
    assert away == ["support", "leads"]
    everybody = next(each for each in state["channels"] if each["name"] == "general")
    assert "U_VIC" not in everybody["members"]
    history = [message for each in state["channels"] for message in hands.messages(each["id"])]
    assert 15 <= len(history) <= 25
    assert any(message["thread_ts"] for message in history)


def test_people_join_and_change(everything: Hands, ear: Listener) -> None:
    everything.do("person", id="U_ZED", real_name="Zed", tz="Asia/Tokyo", topics=["rust"])
    everything.do("person", id="ada", title="Principal")
    everything.do("person", id="U_BO", deleted=True)
    joined, changed, left = heard(everything, ear)
    assert (joined["type"], joined["user"]["name"]) == ("team_join", "zed")
    assert joined["user"]["tz_offset"] == 9 * 3600
    assert (changed["type"], changed["user"]["profile"]["title"]) == ("user_change", "Principal")
    assert left["user"]["deleted"] is True
    channels = everything.see("state")["channels"]
    assert not [each for each in channels if "U_BO" in each["members"]]


def test_channels_change(everything: Hands, ear: Listener) -> None:
    steps: list[tuple[dict[str, Any], list[str]]] = [
        ({"id": "C_DATA", "name": "data"}, ["channel_rename"]),
        ({"id": "C_DATA", "is_archived": True}, ["channel_archive"]),
        ({"id": "C_DATA", "is_archived": False}, ["channel_unarchive"]),
        ({"id": "C_DATA", "add": ["dee"], "remove": ["ada"]}, ["joined", "left"]),
        ({"id": "C_DATA", "members": ["ada", "peerloop"]}, ["joined", *["left"] * 7]),
        ({"id": "C_DATA", "remove": ["U_BOT"]}, ["channel_left", "left"]),
        ({"id": "C_DATA", "name": "unheard"}, []),
        ({"id": "C_NEW", "members": ["ada", "U_BOT"]}, ["channel_created", "joined"]),
        ({"id": "C_NEW", "is_private": True}, []),
        ({"id": "C_NEW", "name": "newer"}, ["group_rename"]),
        ({"id": "#newer", "is_archived": True}, ["group_archive"]),
        ({"id": "C_SECRET", "is_private": True}, []),
    ]
    for body, expected in steps:
        everything.do("channel", **body)
        kinds = [event["type"] for event in heard(everything, ear)]
        short = [kind.removeprefix("member_").removesuffix("_channel") for kind in kinds]
        assert sorted(short) == sorted(expected), body


def test_a_shared_channel_says_so(everything: Hands, ear: Listener) -> None:
    everything.do("channel", id="C_DATA", is_ext_shared=True)
    everything.do("message", user="ada", channel="C_DATA", text="hello")
    everything.do("settle")
    assert ear.next()["payload"]["is_ext_shared_channel"] is True


def test_a_deleted_message_is_told(everything: Hands, ear: Listener) -> None:
    ts = everything.do("message", user="ada", channel="#data-eng", text="oops")["ts"]
    everything.do("delete", channel="#data-eng", ts=ts)
    events = {event.get("subtype"): event for event in heard(everything, ear)}
    assert events["message_deleted"]["deleted_ts"] == ts
    assert events["message_deleted"]["previous_message"]["text"] == "oops"
    assert "oops" not in everything.texts("#data-eng")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("person", {"id": "U_ADA", "tz": "Mars/Olympus"}),
        ("person", {"id": "nobody"}),
        ("person", {"id": "U_ADA", "deleted": "yes"}),
        ("channel", {"id": "nowhere"}),
        ("channel", {"id": "C_DATA", "add": ["nobody"]}),
        ("reset", {"data": {"people": [{"id": "U_X"}]}}),
        ("reset", {"data": {"people": []}}),
        ("bots", {"urls": ["http://example.com"]}),
        ("dance", {}),
    ],
)
def test_what_makes_no_sense_is_refused(hands: Hands, name: str, body: Json) -> None:
    assert hands.try_to(name, **body)["ok"] is False
    assert hands.post()  # and nothing is broken


@pytest.mark.parametrize("path", ["nothing", "messages/", "messages/C_NO", "journal?since=x"])
def test_what_is_not_there_cannot_be_seen(hands: Hands, path: str) -> None:
    assert send(f"{hands.url}/control/{path}").status == 400


def test_people_see_only_their_own_channels(hands: Hands) -> None:
    assert hands.messages("#leads", "hal") == []
    assert send(f"{hands.url}/control/messages/C_LEADS?as=ada").status == 400


def test_a_reset_starts_over_and_keeps_the_connection(hands: Hands) -> None:
    listener = Listener(hands)
    hands.post(text="forgotten")
    hands.do("clock", advance=3600)
    hands.do("fault", method="*", kind="500", times=9)
    hands.do("scopes", revoke=["chat:write"])
    hands.do("reset")
    state = hands.see("state")
    assert (state["now"], state["faults"], state["sockets"]) == ("2026-03-02T09:00:00Z", [], 1)
    assert hands.see("journal")["entries"] == []
    assert "forgotten" not in hands.texts("#data-eng")
    hands.do("events", type="user_change", event={})
    assert listener.next()["payload"]["team_id"] == "T_NORTH"
    listener.close()


def test_a_reset_lets_connections_in_again(hands: Hands) -> None:
    hands.do("clock", advance=3600)
    hands.do("socket", cut="all", refuse_for=600)
    hands.do("reset")
    listener = Listener(hands)
    assert listener.hello["num_connections"] == 1
    listener.close()


def test_a_reset_can_bring_another_company(hands: Hands) -> None:
    people = [{"id": "U_BOT", "name": "bot", "is_bot": True}, {"id": "U_ONE", "name": "one"}]
    channels = [{"id": "C_ONLY", "name": "only", "members": ["one", "bot"]}]
    data = {"people": people, "channels": channels}
    hands.do("reset", team="T_OTHER", now="2026-07-01T00:00:00Z", data=data)
    state = hands.see("state")
    assert (state["team"], state["now"]) == ("T_OTHER", "2026-07-01T00:00:00Z")
    assert [person["id"] for person in state["people"]] == ["U_BOT", "U_ONE"]
    assert hands.good("auth.test")["team_id"] == "T_OTHER"
    assert hands.post("C_ONLY")
