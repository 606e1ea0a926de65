"""The judge: what Slack took in, by its own journal, against what it should have taken in."""

import re
from collections import Counter
from dataclasses import dataclass

from tests.localslack import Json, SlackView

WORD = re.compile(r"\bword-\d+\b")
"""Each question holds one such word, and no other question does."""

Said = tuple[str, str]
"""Who can read it, and the word of the question it is about."""


@dataclass(frozen=True)
class Verdict:
    """What was never taken in although it should have been, and what was more than once."""

    lost: tuple[Said, ...]
    double: tuple[Said, ...]
    unexpected: tuple[Said, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.double or self.unexpected)


def judge(slack: SlackView, expected: set[Said]) -> Verdict:
    """By reader and word, and by mark: neither may occur twice."""
    readers = readers_of(slack)
    posts = [call for call in slack.calls("chat.postMessage") if call["ts"]]
    said = Counter(read(post, readers) for post in posts)
    marks = Counter(mark_of(post) for post in posts)
    double = {each for each, times in said.items() if times > 1}
    double |= {read(post, readers) for post in posts if marks[mark_of(post)] > 1}
    return Verdict(
        lost=tuple(sorted(expected - said.keys())),
        double=tuple(sorted(double)),
        unexpected=tuple(sorted(said.keys() - expected)),
    )


def readers_of(slack: SlackView) -> dict[str, str]:
    """The direct messages of the bot: whose each is."""
    ims = slack.see("state")["ims"]
    return {im["id"]: ",".join(sorted(set(im["users"]) - {"U_BOT"})) for im in ims}


def read(post: Json, readers: dict[str, str]) -> Said:
    channel, found = str(post["channel"]), WORD.search(post["args"]["text"])
    return readers.get(channel, channel), found[0] if found else ""


def mark_of(post: Json) -> str:
    return str(post["args"]["metadata"]["event_payload"]["mark"])
