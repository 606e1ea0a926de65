"""Plays the story in story.yml: weeks in a company, through the bot, as people would live them."""

import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any

import yaml

from bot.demo.hands import CannotDo, Hands, Json
from bot.domain.actions import Action
from bot.ending import AskedToEnd

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERYWHERE = "#general"


def load() -> Json:
    text = files("bot.demo").joinpath("story.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def span(when: str) -> timedelta:
    """How long after the first week's Monday, at midnight: `2 tue 09:40`."""
    week, weekday, hour = when.split()
    clock = time.fromisoformat(hour)
    days = 7 * (int(week) - 1) + WEEKDAYS.index(weekday)
    return timedelta(days=days, hours=clock.hour, minutes=clock.minute)


def first_monday(story: Json, today: datetime) -> datetime:
    """Midnight of the Monday from which the story comes as near to today as it can."""
    latest = today - span(story["now"])
    midnight = latest.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


class Player:
    """Does for each act what that person would do with mouse and keyboard, until `stopping`."""

    def __init__(
        self,
        hands: Hands,
        commands: dict[str, str],
        monday: datetime,
        stopping: threading.Event,
    ) -> None:
        self._hands, self._commands, self._monday = hands, commands, monday
        self._stopping = stopping
        state = hands.see("state")
        self._people = [each for each in state["people"] if not (each["is_bot"] or each["deleted"])]
        self._bot = state["bot_user"]
        self._verbs: dict[str, Callable[[Json], None]] = {
            "writes": self._write,
            "learns_from": self._learn,
            "has_read": self._read,
            "types": lambda act: self._type(act["who"], act["types"]),
            "asks": self._ask,
            "helps": lambda act: self._press(act, f"@{act['who']}", Action.QUESTION_ACCEPT),
            "declines": lambda act: self._press(act, f"@{act['who']}", Action.QUESTION_DECLINE),
            "solves": self._solve,
            "names_leads": self._name_leads,
            "starts_prompt": self._start_prompt,
            "answers": self._answer,
            "signs_up": self._sign_up,
            "publishes_pairs": self._publish_pairs,
        }

    def introduce(self) -> None:
        """Everybody says what they know, by typing the command. Raises AskedToEnd."""
        for person in self._people:
            self._go_on()
            if person["topics"] and not person["is_restricted"]:
                self._type(person["id"], f"learning topics {', '.join(person['topics'])}")

    def play(self, story: Json) -> None:
        """From one act to the next the clock stops wherever the bot has something to do.

        Raises AskedToEnd.
        """
        for act in story["acts"]:
            self._go_on()
            self._until(act["at"])
            [verb] = self._verbs.keys() & act.keys()
            try:
                self._verbs[verb](act)
            except CannotDo as problem:
                raise CannotDo(f"{act['at']}, {act['who']} {verb}: {problem}") from None
        self._until(story["now"])

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise AskedToEnd

    def _until(self, when: str) -> None:
        self._hands.do("clock", to=(self._monday + span(when)).isoformat())

    # --- among people -----------------------------------------------------------------------------

    def _write(self, act: Json) -> None:
        gesture = {"user": act["who"], "channel": act["in"], "text": act["writes"]}
        if "under" in act:
            above = self._find(act)
            gesture["thread_ts"] = above["thread_ts"] or above["ts"]
        self._hands.do("message", **gesture)

    def _learn(self, act: Json) -> None:
        about = {"user": act["who"], "channel": act["in"], "ts": self._find(act)["ts"]}
        self._hands.do("reaction", **about, name="bulb", present=True)

    def _find(self, act: Json) -> Json:
        """The newest message there that begins so, or the newest with which the bot began."""
        said = self._hands.see(f"messages/{act['in']}?as={act['who']}")["messages"]
        for message in reversed(said):
            is_root = message["thread_ts"] in (None, message["ts"])
            is_opening = message["user"] == self._bot and is_root
            begins_so = message["text"].startswith(act["under"])
            is_it = is_opening if act["under"] == "peerloop" else begins_so
            if is_it and not message["ephemeral"]:
                return dict(message)
        raise CannotDo(f"there is no message {act['under']!r} in {act['in']}")

    def _read(self, act: Json) -> None:
        """All there is to read, for one person or for everybody."""
        for person in self._people:
            if act["who"] not in ("everybody", person["name"]):
                continue
            for place in self._hands.see(f"desk/{person['id']}")["conversations"]:
                if place["unread"]:
                    self._hands.do("read", user=person["id"], channel=place["id"])

    # --- with the bot -----------------------------------------------------------------------------

    def _type(self, who: str, line: str, where: str = EVERYWHERE) -> None:
        command, _, text = line.partition(" ")
        typed = {"user": who, "channel": where, "command": self._commands[command], "text": text}
        self._hands.do("command", **typed)

    def _press(self, act: Json, where: str, button: Action) -> None:
        self._hands.do("action", user=act["who"], channel=where, action_id=button)

    def _fill(self, who: str, **values: Any) -> None:
        """Fills in the form on top, submits it, and closes what is shown in its place."""
        if self._hands.do("submit", user=who, view_id="top", values=values)["view"]:
            self._hands.do("close", user=who, view_id="top", all=True)

    def _ask(self, act: Json) -> None:
        where = act.get("in", EVERYWHERE)
        self._type(act["who"], f"ask_peer {act['asks']}", where)
        self._press(act, where, Action.QUESTION_SEND)

    def _solve(self, act: Json) -> None:
        self._press(act, f"@{act['who']},{act['solves']}", Action.QUESTION_SOLVE)

    def _name_leads(self, act: Json) -> None:
        self._type(act["who"], "learning leads")
        self._fill(act["who"], leads=act["names_leads"])

    def _start_prompt(self, act: Json) -> None:
        self._type(act["who"], "reflect new")
        self._fill(act["who"], channel=act["in"], **act["starts_prompt"])

    def _answer(self, act: Json) -> None:
        self._press(act, act["in"], Action.ACTIVITY_ANSWER)
        self._fill(act["who"], text=act["answers"])

    def _sign_up(self, act: Json) -> None:
        self._type(act["who"], "mentor")
        self._fill(act["who"], **act["signs_up"])

    def _publish_pairs(self, act: Json) -> None:
        self._type(act["who"], "mentor pair")
        self._hands.do("settle")
        self._press(act, f"@{act['who']}", Action.ROUND_PUBLISH)
