"""The judge: what Slack took in, by its own journal, against what it should have taken in."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from tests.localslack import Json, SlackView

WORD = re.compile(r"\bword-\d+\b")
"""Each question holds one such word, and no other question does."""

WEEKLY = "This week's question"

Said = tuple[str, str]
"""Who can read it, and the word of the question it is about; of a weekly question, its date."""


@dataclass(frozen=True)
class Verdict:
    """What was never taken in although it should have been, and what was more than once."""

    lost: tuple[Said, ...]
    double: tuple[Said, ...]
    unexpected: tuple[Said, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.double or self.unexpected)


def judge(slack: SlackView, expected: set[Said], zone: tzinfo = UTC) -> Verdict:
    """By reader and word, or date in `zone`, and by mark: neither may occur twice."""
    readers = readers_of(slack)
    posts = [call for call in slack.calls("chat.postMessage") if call["ts"]]
    said = Counter(read(post, readers, zone) for post in posts)
    marks = Counter(mark_of(post) for post in posts)
    double = {each for each, times in said.items() if times > 1}
    double |= {read(post, readers, zone) for post in posts if marks[mark_of(post)] > 1}
    shown = said.keys() | on_homes(slack, expected)
    return Verdict(
        lost=tuple(sorted(expected - shown)),
        double=tuple(sorted(double)),
        unexpected=tuple(sorted(shown - expected)),
    )


def readers_of(slack: SlackView) -> dict[str, str]:
    """The direct messages of the bot: whose each is."""
    ims = slack.see("state")["ims"]
    return {im["id"]: ",".join(sorted(set(im["users"]) - {"U_BOT"})) for im in ims}


def read(post: Json, readers: dict[str, str], zone: tzinfo) -> Said:
    channel, text = str(post["channel"]), post["args"]["text"]
    if text.startswith(WEEKLY):
        return channel, f"{datetime.fromtimestamp(float(post['ts']), zone):%Y-%m-%d}"
    found = WORD.search(text)
    return readers.get(channel, channel), found[0] if found else ""


def home_of(name: str) -> str:
    """Where somebody reads their App Home."""
    return f"home of {name}"


def on_homes(slack: SlackView, expected: set[Said]) -> set[Said]:
    """The words that stand on the App Homes of which anything is expected."""
    names = {place.removeprefix(home_of("")) for place, _ in expected if home_of("") in place}
    homes = {name: str(slack.see(f"views/{name}")["home"]) for name in names}
    return {(home_of(name), word) for name, home in homes.items() for word in WORD.findall(home)}


def mark_of(post: Json) -> str:
    return str(post["args"]["metadata"]["event_payload"]["mark"])
