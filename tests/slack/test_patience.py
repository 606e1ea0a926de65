"""What somebody waits for: an answer within Slack's three seconds, whatever goes wrong."""

from typing import Any

import pytest

from bot.domain.refusals import Busy
from bot.services import ask_peer, terms
from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE


def breaks(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, error: Exception) -> None:
    def fail(*_given: Any, **_more: Any) -> None:
        raise error

    monkeypatch.setattr(module, name, fail)


def test_slack_that_dawdles_over_a_form_is_not_waited_for(world: World) -> None:
    world.person("cy")
    world.slack.control("fault", method="views.open", kind="slow", delay=3)
    answer = world.types("cy", "/ask-peer")
    assert answer.ack == "acked"
    assert answer.says("Slack did not open the form (no answer (TimeoutError)). Please try again")


def test_slack_that_dawdles_over_a_form_of_app_home_is_not_waited_for(world: World) -> None:
    world.person("cy")
    world.opens_home("cy")
    world.slack.control("fault", method="views.open", kind="slow", delay=3)
    answer = world.presses("cy", "Ask a colleague")
    assert answer.ack == "acked"
    assert "What would you like to know?" in answer.shown, "Slack had taken it in after all"


ERRORS: list[tuple[Exception, str]] = [
    (Busy(), str(Busy())),
    (ZeroDivisionError(), "Something went wrong (ref "),
]


@pytest.mark.parametrize(("error", "sentence"), ERRORS, ids=["busy", "unexpected"])
def test_an_error_is_told_beside_the_first_field_and_nothing_typed_is_lost(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    world.person("ada")
    world.types("ada", "/learning settings")
    with monkeypatch.context() as broken:
        breaks(broken, terms, "save", error)
        answer = world.fills("ada", topics="sql", limit="7")
    assert list(answer.errors) == ["topics"]
    assert answer.errors["topics"].startswith(sentence)

    assert "Your topics: sql." in world.fills("ada").shown
    assert "0 of at most 7" in world.types("ada", "/learning").text


@pytest.mark.parametrize(("error", "sentence"), ERRORS, ids=["busy", "unexpected"])
def test_an_error_behind_a_button_of_a_view_is_told_above_it(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    world.person("ada", knows=("sql",))
    world.person("cy")
    world.types("cy", "/ask-peer")
    world.fills("cy", question="why sql?")
    with monkeypatch.context() as broken:
        breaks(broken, ask_peer, "expert_now", error)
        assert sentence in world.presses("cy", "Ask").shown


def test_a_form_without_fields_is_refused_in_a_notice_above_it(world: World) -> None:
    """An older version may have shown one; it is submitted, and nobody listens any more."""
    world.person("ada")
    world.types("ada", "/learning settings")
    view = {
        "type": "modal",
        "callback_id": "form.of.old",
        "title": {"type": "plain_text", "text": "Old"},
        "submit": {"type": "plain_text", "text": "Go"},
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Go?"}}],
    }
    client = world.bot._client
    client.views_update(view_id=world.form("ada")["id"], view=view)
    answer = world.fills("ada")
    assert "This belongs to an older version of Peerloop" in answer.shown
    assert len(world.slack.see("views/ada")["modals"]) == 2
