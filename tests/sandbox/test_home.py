"""App Home: publishing it, opening its tabs, and acting in it."""

from collections.abc import Iterator

import pytest

from sandbox.server import LocalSlack
from tests.sandbox.conftest import EVERYTHING, written
from tests.sandbox.desk import asking, element, options
from tests.sandbox.hands import Hands, Json, Listener, actions, button, modal, section

MENU = {**actions(element("static_select", options=options("a b")), button()), "block_id": "m"}


def home(*blocks: Json, **more: str) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}


def published(hands: Hands, view: Json | None = None, **more: str) -> Json:
    shown = {"user_id": "U_ADA", "view": view or home()}
    return dict(hands.good("views.publish", **shown, **more)["view"])


@pytest.fixture
def listener(everything: Hands) -> Iterator[Listener]:
    listener = Listener(everything)
    yield listener
    listener.close()


def told(hands: Hands, listener: Listener) -> list[Json]:
    hands.do("settle")
    return [envelope["payload"]["event"] for envelope in listener.all()]


def test_each_tab_tells_its_name(everything: Hands, listener: Listener) -> None:
    view = published(everything)
    assert everything.do("home", user="ada", tab="home")["view"] == view
    assert everything.do("home", user="ada", tab="messages")["view"] is None
    first, second = told(everything, listener)
    assert (first["tab"], first["view"]["id"], first["channel"]) == ("home", view["id"], "D_ADA")
    assert (second["tab"], "view" in second, second["user"]) == ("messages", False, "U_ADA")


def test_there_is_no_other_tab(everything: Hands) -> None:
    assert "home or messages" in everything.try_to("home", user="ada", tab="about")["error"]


def test_a_stale_hash_conflicts_and_leaves_the_home_as_it_was(everything: Hands) -> None:
    first = published(everything)
    second = published(everything, home(section("second")), hash=first["hash"])
    assert (second["id"], second["hash"] == first["hash"]) == (first["id"], False)
    stale = {"user_id": "U_ADA", "view": home(section("third")), "hash": first["hash"]}
    assert everything.call("views.publish", **stale)["error"] == "hash_conflict"
    assert everything.see("views/ada")["home"]["blocks"][0]["text"]["text"] == "second"
    unread = everything.call("views.publish", **{**stale, "view": home({"type": "nothing"})})
    assert unread["error"] == "invalid_arguments"


def test_a_hash_fits_only_what_was_published(everything: Hands) -> None:
    never = {"user_id": "U_BO", "view": home(), "hash": "1772442000.abcdef12"}
    assert everything.call("views.publish", **never)["error"] == "hash_conflict"


@pytest.mark.parametrize("user", ["U_NOBODY", "U_VIC", "U_DEPLOY", "U_BOT", "U_ZOE", ""])
def test_a_home_is_published_to_the_people_of_this_workspace(everything: Hands, user: str) -> None:
    everything.do("person", id="U_ZOE", is_stranger=True, team="T_OTHER")
    refused = everything.call("views.publish", user_id=user, view=home())
    assert refused["error"] == "invalid_arguments"
    (message,) = refused["response_metadata"]["messages"]
    assert "user_id" in message


def test_a_home_belongs_to_one_person(everything: Hands, listener: Listener) -> None:
    view = published(everything, home(MENU))
    press = {"view_id": view["id"], "action_id": "go"}
    assert "has no view" in everything.try_to("action", user="bo", **press)["error"]
    refused = everything.try_to("submit", user="ada", view_id=view["id"])
    assert "not a modal" in refused["error"]


def test_what_is_pressed_at_home_tells_its_place_and_state(
    everything: Hands, listener: Listener
) -> None:
    view = published(everything, home(MENU, asking("who", "users_select"), private_metadata="m"))
    press = {"user": "ada", "view_id": view["id"]}
    everything.do("action", **press, action_id="chosen", block_id="m", selected="b")
    everything.do("action", **press, action_id="chosen", block_id="who", selected="bo")
    everything.do("action", **press, action_id="go")
    payload = listener.all()[-1]["payload"]
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert (payload["view"]["type"], payload["view"]["private_metadata"]) == ("home", "m")
    assert not {"channel", "message", "response_url"} & set(payload)
    values = payload["view"]["state"]["values"]
    assert values["m"]["chosen"]["selected_option"]["value"] == "b"
    assert values["who"]["chosen"]["selected_user"] == "U_BO"
    pushed = everything.call("views.push", trigger_id=payload["trigger_id"], view=modal())
    assert pushed["error"] == "invalid_trigger_id"


def test_a_modal_can_be_opened_from_home(everything: Hands, listener: Listener) -> None:
    view = published(everything, home(MENU))
    everything.do("action", user="ada", view_id=view["id"], action_id="go")
    trigger = listener.next()["payload"]["trigger_id"]
    everything.good("views.open", trigger_id=trigger, view=modal())
    seen = everything.see("views/ada")
    assert (seen["home"]["id"], len(seen["modals"])) == (view["id"], 1)


def test_strangers_have_no_home_here(everything: Hands) -> None:
    everything.do("person", id="U_ZOE", is_stranger=True, team="T_OTHER")
    assert "another workspace" in everything.try_to("home", user="zoe")["error"]
    assert "deactivated" in everything.try_to("home", user="vic")["error"]


TABS = "app_home: {home_tab_enabled: true}"


@pytest.mark.parametrize(
    ("tabs", "tab", "words"),
    [
        ("{home_tab_enabled: false}", "home", "no Home tab"),
        ("{messages_tab_enabled: false}", "messages", "no Messages tab"),
    ],
    ids=["no home", "no messages"],
)
def test_tabs_are_as_the_manifest_says(
    tmp_path_factory: pytest.TempPathFactory, tabs: str, tab: str, words: str
) -> None:
    manifest = written(tmp_path_factory, EVERYTHING.replace(TABS, f"app_home: {tabs}"))
    with LocalSlack(manifest=manifest) as local:
        assert words in Hands(local.url).try_to("home", user="ada", tab=tab)["error"]


def test_a_view_can_be_named_by_where_it_is(everything: Hands, listener: Listener) -> None:
    everything.do("home", user="ada")
    assert (
        "has no view home open"
        in everything.try_to("action", user="ada", view_id="home", action_id="x")["error"]
    )
    assert "has no view top open" in everything.try_to("submit", user="ada", view_id="top")["error"]
