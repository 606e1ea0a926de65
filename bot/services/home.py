"""App Home: what is somebody's own, composed at the moment it is shown."""

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, ChannelName, Mention, Moment, Page, Part, Quote, body
from bot.domain.ids import UserId
from bot.domain.mentoring import Enrolment, MentorPair
from bot.domain.people import Choices, Person
from bot.domain.questions import Question, QuestionState
from bot.domain.text import shorten
from bot.services import undelivered_cards
from bot.services.hours import in_words
from bot.services.pair_cards import end_button, why
from bot.services.reasons import times
from storage.work import Work

SHOWN_QUESTIONS = 5
SHOWN_WORDS = 300


def show(work: Work, *, user: UserId) -> None:
    """Somebody opened their App Home: compose it, and keep it current from now on."""
    work.deliveries.show_home(user)


def compose(work: Work, user: UserId) -> Page:
    """The whole page, for its reader alone."""
    person = work.people.get(user)
    if person is None or not person.takes_part:
        return (_for_others(),)
    return (
        _welcome(),
        *_questions(work.questions.open_of(user)),
        *_mentoring(work, user),
        _ledger(*work.exchanges.numbers_of(user)),
        _offer(work, user),
        *_leading(work, person),
    )


def _for_others() -> Card:
    return Card(
        "Peerloop",
        body(
            "Peerloop is for full members of this workspace. A workspace admin can tell you more."
        ),
    )


def _welcome() -> Card:
    return Card(
        "Peerloop: learning from each other",
        body(
            "Ask the colleague most likely to help, notice what you learn, find a mentor. Only"
            " you can see this page."
        ),
        (
            Button("Ask a colleague", Action.QUESTION_WRITE, "open", "primary"),
            Button("My topics and limits", Action.CHOICES_EDIT, "open"),
        ),
    )


def _questions(questions: list[Question]) -> Page:
    if not questions:
        return (Card("My open questions", body("None. A question costs nobody more than a no.")),)
    first, *rest = (_question(each) for each in questions[:SHOWN_QUESTIONS])
    more = len(questions) - SHOWN_QUESTIONS
    others = (Card("", body(f"And {more} more.")),) if more > 0 else ()
    return (Card("My open questions", first.body, first.buttons), *rest, *others)


def _question(question: Question) -> Card:
    is_helped = question.state is QuestionState.HELPING and question.peer
    said: tuple[Part | str, ...] = ("It is with a colleague now.",)
    if question.channel and not question.peer:
        said = ("It stands in ", ChannelName(question.channel), ".")
    if question.peer:
        doing = " is helping you with this." if is_helped else " has been asked."
        said = (Mention(question.peer), doing)
    if question.due_at and question.state is QuestionState.ASKING:
        said = (*said, " If they cannot answer, it goes on ", Moment(question.due_at), ".")
    is_answerable = is_helped or question.state is QuestionState.IN_CHANNEL
    solved = Button("Solved", Action.QUESTION_SOLVE, str(question.id))
    withdraw = Button("Withdraw", Action.QUESTION_WITHDRAW, str(question.id))
    return Card(
        "",
        body(*said, Quote(shorten(question.text, SHOWN_WORDS))),
        (solved, withdraw) if is_answerable else (withdraw,),
    )


def _mentoring(work: Work, user: UserId) -> Page:
    pairs = work.pairs.active_of(user)
    enrolled = work.pool.get(user)
    label = "Change or leave" if enrolled else "Sign up"
    pool = Card(
        "" if pairs else "Mentoring",
        body(_in_pool(enrolled)),
        (Button(label, Action.MENTORING_SIGN_UP, "open"),),
    )
    return (*(_pair(pair, user, is_first=pair is pairs[0]) for pair in pairs), pool)


def _pair(pair: MentorPair, user: UserId, *, is_first: bool) -> Card:
    role = "is your mentor" if user == pair.mentee else "is your mentee"
    since: tuple[Part | str, ...] = ()
    if pair.began_at:
        since = (" since ", Moment(pair.began_at, with_time=False))
    return Card(
        "Mentoring" if is_first else "",
        body(
            Mention(pair.partner_of(user)),
            f" {role}",
            *since,
            ". ",
            *why(pair),
            "\nNext step: meet for half an hour, and say in your thread what you want to try.",
        ),
        (end_button(pair),),
        body("Ending needs no reason, and I never say who did it."),
    )


def _in_pool(enrolled: Enrolment | None) -> str:
    if enrolled is None:
        return "You are not in the pool of mentors and mentees."
    said = []
    if enrolled.is_mentor:
        said.append(f"you offer {', '.join(enrolled.offers)}")
    if enrolled.is_mentee:
        said.append(f"you look for {', '.join(enrolled.wants)}")
    return f"In the pool: {' and '.join(said)}."


def _ledger(learned: int, taught: int) -> Card:
    return Card(
        "What I gave and received",
        body(
            f"You learned from colleagues: {times(learned)}. They learned from you:"
            f" {times(taught)}.\nReact with :bulb: to a message you learned something from."
        ),
        (Button("What counts for me", Action.CREDITS_SHOW, "open"),),
        footnote=body("Only you see these numbers. Peerloop ranks nobody."),
    )


def _offer(work: Work, user: UserId) -> Card:
    choices = work.people.choices(user)
    refused = ", ".join(work.boundaries.refused_by(user))
    asked = work.people.asked_this_week(user)
    edit = Button("Edit", Action.CHOICES_EDIT, "open")
    resume = Button("Resume now", Action.CHOICES_RESUME, "open")
    return Card(
        "What I can offer",
        body(
            f"Topics: {', '.join(choices.topics) or 'none yet, so nobody is sent to you'}.\n",
            f"Never about: {refused}.\n" if refused else "",
            f"Questions this week: {asked} of at most {choices.weekly_limit}.\n",
            f"At work {in_words(work.people.hours_of(user))}.",
            "\nColleagues may find me by my topics." if choices.is_findable else "",
            *_pause(choices),
        ),
        (edit, resume) if choices.is_paused else (edit,),
    )


def _pause(choices: Choices) -> tuple[Part | str, ...]:
    if not choices.is_paused:
        return ()
    if not choices.paused_until:
        return ("\nPaused: you are not asked anything until you resume.",)
    return ("\nPaused: nothing is asked of you until ", Moment(choices.paused_until, False), ".")


def _leading(work: Work, person: Person) -> Page:
    cards: list[Card] = []
    if person.user in work.leads.all():
        weekly = Button("Weekly prompts", Action.ACTIVITY_LIST, "open")
        pairs = Button("Propose mentor pairs", Action.ROUND_PROPOSE, "open")
        topics = Button("Channels of topics", Action.TOPIC_CHANNELS_EDIT, "open")
        what = body(
            "Put a weekly prompt into a channel, bring mentors and mentees together, and say where"
            " questions about a topic go."
        )
        cards.append(Card("For learning leads", what, (weekly, pairs, topics)))
        if undelivered := work.troubles.count():
            cards.append(undelivered_cards.line(undelivered))
    if person.is_admin:
        naming = Button("Name learning leads", Action.LEADS_NAME, "open")
        what = body("Learning leads start activities and publish pairs. You say who they are.")
        cards.append(Card("For workspace admins", what, (naming,)))
    return tuple(cards)
