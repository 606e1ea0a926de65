"""Views for the person who acted: opened, updated, or said in a sentence why not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from structlog.testing import capture_logs

from bot.domain.cards import Card, body
from bot.domain.refusals import Refused
from bot.slack.answer import Answerer
from bot.slack.replies import Replies
from bot.slack.screens import Screens
from tests.localslack import Json, text_of
from tests.slack.cards import RENDERER

MESSAGE: Json = {"trigger_id": "1.2", "response_url": "http://127.0.0.1:1/response/1"}
HOME: Json = {"trigger_id": "1.2", "view": {"id": "V1", "hash": "h1", "type": "home"}}
MODAL: Json = {"trigger_id": "1.2", "view": {"id": "V1", "hash": "h1", "type": "modal"}}
DONE = Card("Done", body("All is done."))


@dataclass
class FakeSlack:
    """Notes what it is asked for, and refuses with the codes it was given, one after the other."""

    refusals: list[str | Exception] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def call(**given: Any) -> Json:
            self.calls.append((method, given))
            if self.refusals:
                raise _refusal(self.refusals.pop(0))
            return {"ok": True}

        return call

    @property
    def asked(self) -> list[str]:
        return [method for method, _ in self.calls]


def _refusal(of: str | Exception) -> Exception:
    if isinstance(of, Exception):
        return of
    answer = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": of},
        headers={},
        status_code=200,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]  # slack_sdk's


def screens(slack: FakeSlack) -> Screens:
    return Screens(cast(WebClient, slack), RENDERER)


def replies(slack: FakeSlack) -> Replies:
    return Replies(Answerer(RENDERER, "http://127.0.0.1:1/api/"), screens(slack))


@contextmanager
def logged(event: str, reason: str) -> Iterator[None]:
    with capture_logs() as logs:
        yield
    assert [(each["event"], each["reason"]) for each in logs] == [(event, reason)]


# Opening.


@pytest.mark.parametrize(
    ("where", "method"),
    [
        (MESSAGE, "views_open"),
        ({"trigger_id": "1.2", "command": "/ask-peer"}, "views_open"),
        (HOME, "views_open"),
        (MODAL, "views_push"),
    ],
    ids=["message", "command", "home", "modal"],
)
def test_a_view_opens_where_there_is_none_and_above_the_one_there_is(
    where: Json, method: str
) -> None:
    slack = FakeSlack()
    screens(slack).show(where, {"type": "modal"})
    assert slack.calls == [(method, {"trigger_id": "1.2", "view": {"type": "modal"}})]


@pytest.mark.parametrize(
    "refusal",
    [
        "expired_trigger_id",
        "exchanged_trigger_id",
        "push_limit_reached",
        "internal_error",
        "ratelimited",
        "invalid_auth",
        TimeoutError(),
        ConnectionResetError(),
    ],
    ids=str,
)
def test_a_form_that_does_not_open_is_told_in_a_sentence(refusal: str | Exception) -> None:
    with pytest.raises(Refused, match=r"Slack did not open the form \(.+\)\. Please try again"):
        screens(FakeSlack([refusal])).show(MESSAGE, {})


def test_a_body_without_a_trigger_is_told_so_too() -> None:
    with pytest.raises(Refused):
        screens(FakeSlack(["invalid_trigger_id"])).show({}, {})


# Updating.


def test_newer_content_is_shown_only_over_what_it_was_made_for() -> None:
    slack = FakeSlack()
    screens(slack).update(MODAL["view"], lambda: {"n": 1})
    assert slack.calls == [("views_update", {"view_id": "V1", "hash": "h1", "view": {"n": 1}})]


def test_a_view_that_changed_meanwhile_is_composed_once_more() -> None:
    slack = FakeSlack(["hash_conflict"])
    composed: Iterator[dict[str, object]] = iter([{"n": 1}, {"n": 2}])
    screens(slack).update(MODAL["view"], lambda: next(composed))
    assert slack.asked == ["views_update"] * 2
    assert slack.calls[1][1] == {"view_id": "V1", "view": {"n": 2}}


@pytest.mark.parametrize(
    ("refusals", "tries", "reason"),
    [
        (["not_found"], 1, "not_found"),
        (["internal_error"], 1, "internal_error"),
        ([TimeoutError()], 1, "no answer (TimeoutError)"),
        (["hash_conflict", "hash_conflict"], 2, "hash_conflict"),
        (["hash_conflict", "not_found"], 2, "not_found"),
    ],
)
def test_a_view_that_nobody_looks_at_any_more_is_only_logged(
    refusals: list[str | Exception], tries: int, reason: str
) -> None:
    slack = FakeSlack(refusals)
    with logged("view not updated", reason):
        screens(slack).update(MODAL["view"], dict)
    assert len(slack.calls) == tries


# Answering.


@pytest.mark.parametrize("where", [HOME, MODAL], ids=["home", "modal"])
def test_an_answer_beside_a_view_is_a_view(where: Json) -> None:
    slack = FakeSlack()
    replies(slack).beside(where, DONE)
    assert "All is done." in text_of(slack.calls[0][1]["view"])


@pytest.mark.parametrize("where", [HOME, MODAL], ids=["home", "modal"])
@pytest.mark.parametrize(
    ("refusal", "reason"),
    [("expired_trigger_id", "expired_trigger_id"), (TimeoutError(), "no answer (TimeoutError)")],
)
def test_what_is_done_is_not_asked_for_again_where_it_cannot_be_shown(
    where: Json, refusal: str | Exception, reason: str
) -> None:
    with capture_logs() as logs:
        replies(FakeSlack([refusal])).beside(where, DONE)
    [entry] = logs
    assert entry["event"] == "answer not shown"
    assert reason in entry["reason"]


def test_an_answer_in_place_updates_the_view_it_came_from() -> None:
    slack = FakeSlack()
    replies(slack).in_place(MODAL, DONE)
    assert slack.asked == ["views_update"]


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[Json]:
    """What was posted to response URLs."""
    found: list[Json] = []
    monkeypatch.setattr(Answerer, "_post", lambda _self, _url, answer: found.append(answer))
    return found


def test_beside_a_message_the_answer_is_private_and_the_message_stays(posted: list[Json]) -> None:
    replies(FakeSlack()).beside(MESSAGE, DONE)
    assert (posted[0]["response_type"], posted[0]["replace_original"]) == ("ephemeral", False)


def test_in_place_of_a_message_the_answer_replaces_it(posted: list[Json]) -> None:
    replies(FakeSlack()).in_place(MESSAGE, DONE)
    assert posted[0]["replace_original"] is True


@pytest.mark.parametrize("where", [HOME, MODAL], ids=["home", "modal"])
def test_a_sentence_finds_whoever_pressed_a_button_of_a_view(where: Json) -> None:
    slack = FakeSlack()
    replies(slack).sentence(where, "Not <!channel> now.")
    view = slack.calls[0][1]["view"]
    assert view["blocks"][0]["text"]["text"] == "Not &lt;!channel&gt; now."


def test_a_sentence_finds_whoever_pressed_a_button_of_a_message(posted: list[Json]) -> None:
    replies(FakeSlack()).sentence(MESSAGE, "Not <!channel> now.")
    assert posted[0]["text"] == "Not &lt;!channel&gt; now."


def test_a_sentence_to_nowhere_is_dropped(posted: list[Json]) -> None:
    slack = FakeSlack()
    replies(slack).sentence({}, "Not now.")
    assert (slack.calls, posted) == ([], [])
