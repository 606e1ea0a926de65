"""The weekly prompt: one question to everybody in a channel, and what they answer in its thread."""

from dataclasses import dataclass

from bot.activities import library
from bot.activities.base import (
    ActivityKind,
    Choice,
    Contribution,
    Design,
    Field,
    Occasion,
    Place,
    Settings,
    Step,
    Taken,
)
from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Mention, Part, Quote, body
from bot.domain.text import shorten

ROTATE, OWN = "rotate", "own"
MAX_QUESTION = 1_000
MAX_ANSWER = 2_000


@dataclass(frozen=True, slots=True)
class Naming:
    """What becomes of the names of those who answer, said to the lead and to themselves."""

    value: str
    label: str
    promise: str
    before_answering: str
    shows_author: bool = False
    keeps_author: bool = True


SHOWN = Naming(
    "shown",
    "Names are shown",
    "Your answer appears in this thread, with your name.",
    "Your name is shown with your answer, in the prompt's thread.",
    shows_author=True,
)
HIDDEN = Naming(
    "hidden",
    "Names are hidden",
    "Your answer appears in this thread without your name, which I keep so that you can change"
    " your answer. Please use the button: what you write in the thread yourself carries your name.",
    "Your name is not shown. Peerloop keeps it so that you can change your answer.",
)
ANONYMOUS = Naming(
    "anonymous",
    "Anonymous: I do not store who answered",
    "Your answer appears in this thread without your name. I do not store who you are, so it"
    " cannot be changed later. Please use the button: what you write in the thread yourself"
    " carries your name.",
    "Nobody keeps who you are, not even Peerloop. So this answer cannot be changed or taken back.",
    keeps_author=False,
)
NAMINGS = {each.value: each for each in (SHOWN, HIDDEN, ANONYMOUS)}

FIELDS = (
    Field(
        name="prompt",
        label="Question",
        choices=(
            Choice(ROTATE, "A different one every week", "Any question"),
            Choice(OWN, "My own, written below", "Any question"),
            *(Choice(each.id, each.title, each.theme.capitalize()) for each in library.prompts()),
        ),
        default=ROTATE,
    ),
    Field(
        name="text",
        label="Your own question",
        hint="Only if you chose “My own, written below”. Good ones can be answered in two minutes.",
        is_optional=True,
        max_length=MAX_QUESTION,
    ),
    Field(
        name="names",
        label="Names",
        hint="Everybody is told before they answer.",
        choices=tuple(Choice(each.value, each.label) for each in NAMINGS.values()),
        default=SHOWN.value,
    ),
)


# What the lead chose.


def _chosen(settings: Settings) -> str:
    return settings.get("prompt", ROTATE)


def _own_words(settings: Settings) -> str:
    """The lead's question, or nothing if another one was chosen."""
    return settings.get("text", "").strip() if _chosen(settings) == OWN else ""


def _naming(settings: Settings) -> Naming:
    # Names that were shown cannot be hidden again, so what cannot be read is kept at its strictest.
    return NAMINGS.get(settings.get("names", SHOWN.value), ANONYMOUS)


def problems(settings: Settings) -> dict[str, str]:
    found = {"text": _problem_of_text(settings)}
    if _chosen(settings) not in (ROTATE, OWN) and not library.prompt(_chosen(settings)):
        found["prompt"] = "I do not have this question. Please choose one from the list."
    if settings.get("names", SHOWN.value) not in NAMINGS:
        found["names"] = "Please choose from the list what is to become of names."
    return {name: problem for name, problem in found.items() if problem}


def _problem_of_text(settings: Settings) -> str:
    text, is_own = settings.get("text", "").strip(), _chosen(settings) == OWN
    if is_own and not text:
        return "Please write your question, or choose another one above."
    if text and not is_own:
        return (
            "To use these words, choose “My own, written below” above. If not, please empty this."
        )
    if len(text) > MAX_QUESTION:
        return f"Please keep it to {MAX_QUESTION:,} characters; now it has {len(text):,}."
    return ""


def summary(settings: Settings) -> str:
    return f"{_question_in_short(settings)} · {_naming(settings).label.partition(':')[0]}"


def _question_in_short(settings: Settings) -> str:
    if own := _own_words(settings):
        return f"“{shorten(' '.join(own.split()), 60)}” every week"
    found = library.prompt(_chosen(settings))
    return f"“{found.title}” every week" if found else "A different question every week"


# What is said in the channel.


def ask(occasion: Occasion) -> Card:
    return Card(
        "This week's question",
        body(
            _last_time(occasion.answers_last_time),
            Quote(_question(occasion)),
            _naming(occasion.settings).promise,
        ),
        (Button("Answer", Action.ACTIVITY_ANSWER, str(occasion.id), "primary"),),
        body("A learning lead started this weekly prompt."),
    )


def _last_time(answers: int | None) -> str:
    match answers:
        case None | 0:  # an empty week is nobody's news
            return ""
        case 1:
            return "Last time brought one answer."
        case _:
            return f"Last time brought {answers} answers."


def _question(occasion: Occasion) -> str:
    if own := _own_words(occasion.settings):
        return own
    # A question that the library no longer has must not cost a channel its week.
    found = library.prompt(_chosen(occasion.settings))
    return (found or library.rotating(occasion.activity, occasion.number)).text


def take(occasion: Occasion, contribution: Contribution) -> Taken:
    naming = _naming(occasion.settings)
    said = Quote(contribution.text)
    if naming.shows_author:
        return Taken(Card("An answer", (Mention(contribution.author), said)), naming.keeps_author)
    return Taken(Card("A colleague answered", (said,)), naming.keeps_author)


def before_answering(occasion: Occasion) -> tuple[Part, ...]:
    return body(Quote(_question(occasion)), _naming(occasion.settings).before_answering)


# Where it stands on the four dimensions.


def design(settings: Settings) -> Design:
    return Design(
        immediacy=Place(
            0.25, "people answer when they have a moment, some hours or a day after the question"
        ),
        structure=_structure(settings),
        scale=Place(
            None, "a whole channel is asked, and the settings do not tell how many that is"
        ),
        transparency=_transparency(settings),
    )


def _structure(settings: Settings) -> Place:
    if _chosen(settings) == ROTATE:
        return Place(0.8, "a new question comes every week at a set time; the answers are free")
    return Place(0.7, "the same question comes every week at a set time; the answers are free")


def _transparency(settings: Settings) -> Place:
    who = "the small print says that a learning lead started it"
    if _own_words(settings):
        return Place(0.4, f"{who}; whether people see what there is to learn is up to your words")
    return Place(0.7, f"the question asks people to look at how they work and learn, and {who}")


PROMPT = ActivityKind(
    kind="prompt",
    title="Weekly prompt",
    fields=FIELDS,
    steps=(Step("ask", ask),),
    problems=problems,
    summary=summary,
    question=Field(name="text", label="Your answer", max_length=MAX_ANSWER),
    before_answering=before_answering,
    take=take,
    design=design,
)
