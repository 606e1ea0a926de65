"""What somebody with a signed request, a stale right or a made-up number may try."""

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from urllib.parse import urlencode

import pytest

from bot.domain.deliveries import State
from bot.domain.exchanges import Exchange
from bot.domain.ids import Key
from bot.scopes import LOST
from bot.slack.forms.ids import FormId
from tests.faults.wire import POST, Wire
from tests.sandbox.hands import send
from tests.slack import hostile
from tests.slack.hostile import FORM, JSON, Headers, signed
from tests.slack.hostile import Wire as Line
from tests.storage.scene import ON_SQLITE
from tests.stories.scenes import asks, newest
from tests.watch.pages import page, ready
from tests.world import World

NUMBERS = count(1)


def a_hundred_times(world: World, body: bytes, content_type: str) -> set[int]:
    """The very same bytes, signed once, by ten at a time."""
    headers: Headers = [("Content-Type", content_type), *signed(body)]

    def replay(_number: int) -> int:
        line = Line(world.bot.port)
        try:
            return line.post(body, headers)[0]
        finally:
            line.close()

    with ThreadPoolExecutor(10) as threads:
        return set(threads.map(replay, range(100)))


def test_s2_an_event_replayed_a_hundred_times_is_one_exchange(http_world: World) -> None:
    http_world.person("ada")
    http_world.person("cy")
    ts = http_world.writes("ada", "a tip")
    item = {"type": "message", "channel": "C_GENERAL", "ts": ts}
    about = {"type": "reaction_added", "user": "U_CY", "reaction": "bulb", "item": item}
    told = hostile.event(http_world.team, {**about, "item_user": "U_ADA"}, "REPLAYED")
    assert a_hundred_times(http_world, json.dumps(told).encode(), JSON) <= {200, 500}
    http_world.settle()
    assert len(http_world.ledger()) == 1
    assert Wire(http_world).taken_in("chat.postEphemeral").total() == 1


def test_s2_a_button_replayed_a_hundred_times_asks_once(http_world: World) -> None:
    http_world.person("ada", knows=("postgres",))
    http_world.person("cy")
    http_world.types("cy", "/ask-peer why is my postgres slow?")
    pressed = hostile.gesture(
        http_world.team,
        "block_actions",
        "REPLAYED",
        actions=[hostile.button("question.send", "1/U_ADA")],
        response_url="https://hooks.invalid/x",
    )
    body = urlencode({"payload": json.dumps(pressed)}).encode()
    assert a_hundred_times(http_world, body, FORM) == {200}
    http_world.settle()
    assert len(http_world.slack.dms("ada")) == 1


def test_s4_a_challenge_is_answered_only_to_slack(http_world: World) -> None:
    line = Line(http_world.bot.port)
    kept, calls = http_world.everything_kept(), len(http_world.slack.calls(""))
    challenge = b'{"type": "url_verification", "challenge": "abc"}'
    assert line.post(challenge, [("Content-Type", JSON)]) == (401, b"")
    status, told = line.slack(challenge, JSON)
    assert (status, json.loads(told)) == (200, {"challenge": "abc"})
    for unsigned in (b"ssl_check=1&token=x", b"ssl_check=1"):
        status, told = line.post(unsigned, [("Content-Type", FORM)])
        assert (status, told) == (401, b"")
        assert line.slack(unsigned, FORM)[0] in {200, 400}
    line.close()
    assert http_world.everything_kept() == kept
    assert len(http_world.slack.calls("")) == calls


@ON_SQLITE
@pytest.mark.parametrize("kind", ["500", "drop_before", "garbage", "429"])
def test_s13_while_slack_cannot_say_who_is_an_admin_nobody_is(world: World, kind: str) -> None:
    """It fails closed: an admin of yesterday may be none today."""
    world.person("ada")
    world.person("root", is_admin=True)
    view = world.types("root", "/learning leads").view
    assert view
    world.slack.control("fault", method="users.info", kind=kind, times=20)
    answer = world.fills("root", leads=["U_ADA"])
    assert answer.errors
    assert world.look(lambda work: work.leads.all()) == []


def test_s13_a_lead_who_becomes_a_guest_publishes_nothing(world: World) -> None:
    world.lead("lee")
    world.types("lee", "/reflect new")
    world.changes("lee", is_restricted=True)
    values = {"channel": "C_GENERAL", "weekday": "0", "time": "10:00", "zone": "Europe/London"}
    world.fills("lee", **values, prompt="own", text="Why?")
    assert world.look(lambda work: work.activities.open()) == []


def test_s13_a_bot_is_no_admin_whatever_it_says_of_itself(world: World) -> None:
    world.person("robot", is_bot=True, is_admin=True)
    assert world.types("robot", "/learning leads").says("for full members of this workspace")


def test_s14_what_waits_for_somebody_who_left_is_not_sent(world: World) -> None:
    """Whatever it is, and although it was decided while they were here."""
    asks(world, "ada", "bo")
    wire = Wire(world)
    wire.breaks(POST, "429", retry_after=60)
    wire.says("ada", "canary")
    world.changes("ada", deleted=True)
    world.later(minutes=5)
    assert wire.taken_in()["canary"] == 0
    assert world.look(lambda work: work.deliveries.state_of(Key("story/canary"))) is State.NEVER
    assert newest(world, "bo").says("postgres")


def test_s14_a_guest_finds_every_door_closed(world: World) -> None:
    world.person("gus", is_restricted=True)
    for line in ("/ask-peer why?", "/ask-peer", "/learning", "/mentor", "/reflect"):
        assert world.types("gus", line).says("for full members of this workspace"), line
    assert not world.slack.see("views/gus")["modals"]


METADATA = (
    "",
    "-1",
    "0",
    "1",
    "999999",
    "9" * 400,
    "1/U_ADA",
    "U_EVE",
    "<!channel>",
    "prompt",
    "None",
)


@ON_SQLITE
@pytest.mark.parametrize("form", list(FormId))
def test_s18_what_comes_back_with_a_form_is_checked_not_trusted(
    http_world: World, form: str
) -> None:
    """Numbers of what belongs to others, or to nobody: nothing changes, and nothing breaks."""
    asks(http_world, "ada")
    http_world.person("bo")
    ledger = http_world.ledger()
    line = Line(http_world.bot.port)
    for metadata in METADATA:
        view = hostile.form(form, **hostile.FILLED.get(form, {})) | {"private_metadata": metadata}
        view |= {"id": f"V{next(NUMBERS)}"}
        made_up = hostile.gesture(
            http_world.team, "view_submission", str(next(NUMBERS)), view=view
        ) | {"user": {"id": "U_BO", "team_id": http_world.team}}
        status, told = line.payload(made_up)
        assert status == 200, metadata
        assert b"Something went wrong" not in told, metadata
    line.close()
    http_world.settle()
    assert http_world.ledger() == ledger == list[Exchange]()
    assert http_world.look(lambda work: work.leads.all()) == []
    assert http_world.look(lambda work: work.activities.open()) == []
    assert len(http_world.slack.dms("ada")) == 1


def test_s20_no_page_of_the_bot_shows_what_it_was_asked(world: World) -> None:
    script = "%3Cscript%3Ealert(1)%3C/script%3E"
    for name in ("health", "ready", "metrics", script, f"ready?{script}", f"metrics?x={script}"):
        answer = page(world, name)
        assert b"<script" not in answer.body, name
        assert b"alert(1)" not in answer.body, name
        kind = dict(answer.headers).get("content-type", "")
        assert not kind.startswith("text/html"), name
    assert send(f"http://127.0.0.1:{world.bot.port}/").status == 404


NEEDED_TO_START = {"commands", "connections:write"}


@ON_SQLITE
@pytest.mark.parametrize("scope", sorted(LOST.keys() - NEEDED_TO_START))
def test_s22_without_a_permission_it_starts_names_it_and_the_rest_goes_on(
    world: World, scope: str
) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.stop()
    world.slack.control("scopes", revoke=[scope])
    try:
        world.revive()
        status, told = ready(world)
        assert status == 200
        assert [words for words in told["off"] if scope in words and LOST[scope] in words]
        assert world.types("cy", "/learning").says("Your topics") or scope == "users:read"
        asked = world.types("cy", "/ask-peer why is my postgres slow?")
        assert not asked.says("Something went wrong")
    finally:
        world.slack.control("scopes", grant=[scope])
