"""`/ask-peer who knows kafka?`: those who let themselves be found, without asking anybody."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.actions import Action
from bot.domain.cards import Button, Card, Command, Mention, Part, body
from bot.domain.expertise import Expert, Reason, topics_in
from bot.domain.ids import Topic, UserId
from bot.services.members import require_member
from bot.services.reasons import listed_in_short, why_found
from bot.services.routing import experts_for
from storage.work import Work

WHO_KNOWS = re.compile(
    r"\s*who knows\b(?!\s+(?:how|why|what|when|where|which|whether|if)\b)", re.IGNORECASE
)
"""`who knows kafka`; but `who knows how to …` is a question like any other."""

MOST_FOUND = 8


def is_meant(text: str) -> bool:
    """Whether somebody wants to know who knows, rather than to ask."""
    return WHO_KNOWS.match(" ".join(text.split())) is not None


def who_knows(work: Work, *, asker: UserId, text: str) -> Card:
    """List, to the asker alone, who let themselves be found, and why them."""
    require_member(work, asker)
    about = WHO_KNOWS.sub("", " ".join(text.split()), count=1)
    topics = topics_in(about, work.people.vocabulary())
    found = _found(work, asker, about, topics)
    return _listed(topics, found) if found else _nobody()


def _found(work: Work, asker: UserId, about: str, topics: frozenset[Topic]) -> list[Expert]:
    """Those who have room and opted in, less whom the asker avoids; about what each is open for."""
    refused = work.boundaries.refused()
    ranking = experts_for(work, asker=asker, text=about)
    known = [user for user in ranking.users if ranking.has_grounds(user)]
    seen = work.people.findable(known) - {asker} - work.boundaries.avoided_by(asker)
    experts = (ranking.expert(user) for user in known if user in seen)
    return [open_ for e in experts if e and (open_ := _open_for(e, refused))]


def _open_for(expert: Expert, refused: Mapping[Topic, frozenset[UserId]]) -> Expert | None:
    """Without what they do not want to be asked about: then only their other topics are told."""
    spared = {topic for topic, users in refused.items() if expert.user in users}
    if not spared:
        return expert
    declared = tuple(topic for topic in expert.reason.declared if topic not in spared)
    asked = expert.reason.asked_this_week
    reason = Reason(declared=declared, asked_this_week=asked)
    return replace(expert, reason=reason) if declared else None


def _listed(topics: frozenset[Topic], found: list[Expert]) -> Card:
    about = listed_in_short(sorted(topics)) if topics else "this"
    lines: list[Part | str] = [f"About {about}:"]
    for expert in found[:MOST_FOUND]:
        lines += ["\n• ", Mention(expert.user), *why_found(expert.reason)]
    more = len(found) - MOST_FOUND
    if more > 0:
        lines.append(f"\nAnd {more} more.")
    return Card("These colleagues may know", body(*lines), (_ASK,), body(*_SMALL_PRINT))


def _nobody() -> Card:
    return Card(
        "I found nobody",
        body(
            "Nobody who lets themselves be found has to do with this just now. That need not mean"
            " that nobody knows: ask, and I look among all colleagues who may be asked.\n",
            "To be found yourself, name your topics with ",
            Command("learning", "topics …"),
            " and type ",
            Command("learning", "findable on"),
            ".",
        ),
        (_ASK,),
        body(*_SMALL_PRINT),
    )


_ASK = Button("Ask a colleague", Action.QUESTION_WRITE, "open", "primary")
_SMALL_PRINT = ("Only you can see this. Nobody was asked, and nobody is told that you looked.",)
