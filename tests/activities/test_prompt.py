"""What the weekly prompt asks, what it promises about names, and that it keeps it."""

from datetime import date

import pytest

from bot.activities import library
from bot.activities.base import Contribution, Occasion
from bot.activities.prompt import PROMPT
from bot.domain.actions import Action
from bot.domain.cards import Card, Mention, Quote
from bot.domain.ids import ChannelId, UserId
from tests.slack.cards import RENDERER, words_in

CHOSEN = {"prompt": "rotate", "text": "", "names": "shown"}
OWN = "What did <@U_EVE> *do*?"


def settings(**chosen: str) -> dict[str, str]:
    return CHOSEN | chosen


def own(text: str = OWN) -> dict[str, str]:
    return settings(prompt="own", text=text)


def occasion(
    chosen: dict[str, str] | None = None, *, number: int = 0, last_time: int | None = None
) -> Occasion:
    return Occasion(
        id=31,
        activity=7,
        channel=ChannelId("C_DATA"),
        on=date(2026, 3, 2),
        number=number,
        settings=chosen or CHOSEN,
        answers_last_time=last_time,
    )


def asked(held: Occasion) -> Card:
    (step,) = PROMPT.steps
    return step.compose(held)


def question_in(card: Card) -> str:
    (found,) = (part.text for part in card.body if isinstance(part, Quote))
    return found


# Settings


@pytest.mark.parametrize(
    "chosen",
    [CHOSEN, {}, settings(prompt="small-surprise"), own(), own("x" * 1000), settings(text="  ")],
    ids=["defaults", "nothing said", "from the library", "own", "long", "blank"],
)
def test_what_can_be_used_is_no_problem(chosen: dict[str, str]) -> None:
    assert PROMPT.problems(chosen) == {}


@pytest.mark.parametrize(
    ("chosen", "field", "says"),
    [
        (own(""), "text", "Please write your question"),
        (own(" \n "), "text", "Please write your question"),
        (settings(text="Why?"), "text", "choose “My own, written below” above"),
        (settings(prompt="small-surprise", text="Why?"), "text", "choose “My own"),
        (own("x" * 1001), "text", "1,000 characters; now it has 1,001"),
        (settings(prompt="sold-out"), "prompt", "choose one from the list"),
        (settings(prompt=""), "prompt", "choose one from the list"),
        (settings(names="SHOWN"), "names", "choose from the list"),
        (settings(names=""), "names", "choose from the list"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(
    chosen: dict[str, str], field: str, says: str
) -> None:
    problems = PROMPT.problems(chosen)
    assert list(problems) == [field]
    assert says in problems[field]


def test_every_problem_is_said_at_once() -> None:
    problems = PROMPT.problems({"prompt": "?", "text": "Why?", "names": "?"})
    assert set(problems) == {"prompt", "text", "names"}


def test_the_list_offers_rotation_then_ones_own_then_the_library_by_theme() -> None:
    choices = PROMPT.fields[0].choices
    assert [choice.value for choice in choices[:2]] == ["rotate", "own"]
    assert [choice.value for choice in choices[2:]] == [each.id for each in library.prompts()]
    assert list(dict.fromkeys(choice.group for choice in choices[2:])) == [
        *("Noticing", "Asking", "Trying", "Mistakes", "Teaching", "Teamwork")
    ]


@pytest.mark.parametrize(
    ("chosen", "line"),
    [
        (CHOSEN, "A different question every week · Names are shown"),
        (
            settings(prompt="small-surprise", names="hidden"),
            "“A small surprise” every week · Names are hidden",
        ),
        (settings(names="anonymous"), "A different question every week · Anonymous"),
        (own("What\nnow?"), "“What now?” every week · Names are shown"),
        (own("word " * 100), f"“{'word ' * 11}word…” every week · Names are shown"),
    ],
    ids=["rotation", "library", "anonymous", "own", "long"],
)
def test_the_settings_fit_a_line(chosen: dict[str, str], line: str) -> None:
    assert PROMPT.summary(chosen) == line


# The question


def test_rotation_asks_something_else_every_week() -> None:
    weeks = [question_in(asked(occasion(number=week))) for week in range(len(library.prompts()))]
    assert len(set(weeks)) == len(weeks)


def test_a_question_chosen_from_the_library_is_asked_every_week() -> None:
    chosen = settings(prompt="small-surprise")
    weeks = {question_in(asked(occasion(chosen, number=week))) for week in range(9)}
    assert len(weeks) == 1
    assert weeks.pop().startswith("What surprised you")


def test_a_question_that_the_library_lost_is_replaced_by_another() -> None:
    lost = asked(occasion(settings(prompt="sold-out"), number=3))
    assert question_in(lost) == library.rotating(7, 3).text


def test_the_leads_own_words_are_asked_and_not_obeyed() -> None:
    message = RENDERER.message(asked(occasion(own())))
    assert OWN in words_in(message)
    assert "<@" not in message["text"]


def test_words_left_over_from_another_choice_are_not_asked() -> None:
    leftover = settings(prompt="small-surprise", text="Old words")
    assert question_in(asked(occasion(leftover))).startswith("What surprised you")


@pytest.mark.parametrize(
    ("last_time", "says"),
    [
        (1, "Last time brought one answer."),
        (5, "Last time brought 5 answers."),
    ],
)
def test_it_opens_with_what_the_last_one_brought(last_time: int, says: str) -> None:
    text = RENDERER.text(asked(occasion(last_time=last_time)))
    assert text.splitlines()[1] == says


@pytest.mark.parametrize("answers", [None, 0])
def test_of_no_last_time_or_an_empty_one_nothing_is_said(answers: int | None) -> None:
    assert "ast time" not in RENDERER.text(asked(occasion(last_time=answers)))


def test_the_button_answers_this_occasion() -> None:
    (button,) = asked(occasion()).buttons
    assert (button.action, button.value) == (Action.ACTIVITY_ANSWER, "31")


def test_it_says_why_it_comes() -> None:
    text = RENDERER.text(asked(occasion()))
    assert text.endswith("A learning lead started this weekly prompt.")


# Names

PROMISES = {
    "shown": ("with your name.", "Your name is shown"),
    "hidden": ("without your name, which I keep", "Peerloop keeps it"),
    "anonymous": ("I do not store who you are", "Nobody keeps who you are, not even Peerloop."),
}


@pytest.mark.parametrize("names", PROMISES)
def test_everybody_is_told_before_they_answer(names: str) -> None:
    """On the prompt itself and once more above the form."""
    on_the_prompt, above_the_form = PROMISES[names]
    chosen = settings(names=names)
    assert on_the_prompt in RENDERER.text(asked(occasion(chosen)))
    assert above_the_form in RENDERER.text(Card("", PROMPT.before_answering(occasion(chosen))))


@pytest.mark.parametrize("names", ["hidden", "anonymous"])
def test_where_names_are_not_shown_people_are_warned_of_the_thread(names: str) -> None:
    """Slack shows a name beside whatever is written there by hand."""
    text = RENDERER.text(asked(occasion(settings(names=names))))
    assert "Please use the button" in text


ANSWER = Contribution(UserId("U_ADA"), "Ask <!here> sooner.")


@pytest.mark.parametrize(
    ("names", "title", "shows", "keeps"),
    [
        ("shown", "An answer", True, True),
        ("hidden", "A colleague answered", False, True),
        ("anonymous", "A colleague answered", False, False),
    ],
)
def test_an_answer_is_shown_and_kept_as_was_promised(
    names: str, title: str, shows: bool, keeps: bool
) -> None:
    taken = PROMPT.take(occasion(settings(names=names)), ANSWER)
    assert taken.card.title == title
    assert (Mention(ANSWER.author) in taken.card.body) is shows
    assert taken.card.body[-1] == Quote(ANSWER.text)
    assert taken.keeps_author is keeps
    assert ("U_ADA" in str(taken.card)) is shows


def test_a_promise_that_cannot_be_read_is_kept_at_its_strictest() -> None:
    taken = PROMPT.take(occasion(settings(names="whatever")), ANSWER)
    assert "U_ADA" not in str(taken.card)
    assert not taken.keeps_author


# The four dimensions


def test_a_timeline_of_questions_is_more_structured_than_one_question() -> None:
    rotation, single = PROMPT.design(CHOSEN).structure, PROMPT.design(own()).structure
    assert (rotation.value or 0) > (single.value or 0) > 0.5
    assert rotation.why != single.why


def test_it_is_meant_as_delayed_and_does_not_pretend_to_know_its_scale() -> None:
    design = PROMPT.design(CHOSEN)
    assert (design.immediacy.value or 0) < 0.5
    assert design.scale.value is None


def test_own_words_may_say_less_about_the_learning() -> None:
    library_says, own_says = (PROMPT.design(each).transparency for each in (CHOSEN, own()))
    assert (own_says.value or 0) < (library_says.value or 0)
