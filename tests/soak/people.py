"""Many people who ask each other questions, and try again when the bot does not answer."""

import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from queue import Empty, SimpleQueue
from time import sleep

from tests.faults.judge import Said
from tests.localslack import Answer, Json, Refusal, SlackView

QUESTIONS_EACH = 3  # nobody is asked more in a week
HANDS = 6  # so many people act at the same time
TRIES = 400


class GaveUp(Exception):
    """Somebody tried for very long and was never answered."""


class People:
    """As many as it takes: each knows one topic, and asks the next person about theirs."""

    def __init__(self, slack: SlackView, deliveries: int) -> None:
        self._slack = slack
        self._questions = (deliveries + 1) // 2  # one message to the peer, one to the asker
        self._number = self._questions // QUESTIONS_EACH + 1
        self._words = count(1)
        self.expected: set[Said] = set()

    @property
    def company(self) -> Json:
        ids = [f"U_P{n}" for n in range(self._number)]
        bot = {"id": "U_BOT", "name": "peerloop", "real_name": "Peerloop", "is_bot": True}
        return {
            "people": [bot, *({"id": id_, "name": id_[2:].lower()} for id_ in ids)],
            "channels": [{"id": "C_GENERAL", "name": "general", "members": ["U_BOT", *ids]}],
        }

    def say_what_they_know(self) -> None:
        self._all_hands(self._introduce, iter(range(self._number)))

    def ask(self) -> None:
        """Everybody asks all their questions, and does not rest before they are on their way."""
        self._all_hands(self._ask_all, iter(range(self._number)))

    def _ask_all(self, n: int) -> None:
        for _ in range(QUESTIONS_EACH):
            word = next(self._words)
            if word <= self._questions:
                self._ask(n, f"word-{word}")

    def _introduce(self, n: int) -> None:
        for _ in range(TRIES):
            if self._types(n, f"/learning topics {topic(n)}").says(topic(n)):
                return
        raise GaveUp(f"p{n} cannot say what they know")

    def _ask(self, n: int, word: str) -> None:
        peer = (n + 1) % self._number
        for _ in range(TRIES):
            button = _button(self._types(n, f"/ask-peer what is {word} in {topic(peer)}?"), word)
            if button:
                self.expected |= {(f"U_P{n}", word), (f"U_P{peer}", word)}
                return self._press(n, button)
            sleep(0.05)
        raise GaveUp(f"p{n} cannot ask about {word}")

    def _press(self, n: int, value: str) -> None:
        """Until the button is gone: the answer takes its place."""
        press = {"user": f"p{n}", "channel": "#general", "action_id": "question.send"}
        for _ in range(TRIES):
            try:
                self._slack.control("action", **press, value=value)
            except Refusal:
                return
        raise GaveUp(f"p{n} cannot press Ask")

    def _types(self, n: int, line: str) -> Answer:
        command, _, text = line.partition(" ")
        gesture = {"user": f"p{n}", "channel": "#general", "command": command, "text": text}
        return Answer(self._slack.control("command", **gesture))

    def _all_hands(self, act: Callable[[int], None], turns: Iterator[int]) -> None:
        waiting: SimpleQueue[int] = SimpleQueue()
        for turn in turns:
            waiting.put(turn)
        troubles: list[Exception] = []
        hands = [
            threading.Thread(target=_work, args=(act, waiting, troubles)) for _ in range(HANDS)
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        if troubles:
            raise troubles[0]


def _button(answer: Answer, word: str) -> str | None:
    """What the button Ask stands for, where the question with this word is shown."""
    for seen in answer.raw["saw"]:
        for block in seen["blocks"] if word in seen["text"] else []:
            for element in block.get("elements", []):
                if element.get("action_id") == "question.send":
                    return str(element["value"])
    return None


def topic(n: int) -> str:
    """Unlike all others, or a question would be taken for one with a typing error."""
    return sha256(str(n).encode()).hexdigest()[:12]


def _work(
    act: Callable[[int], None], waiting: "SimpleQueue[int]", troubles: list[Exception]
) -> None:
    try:
        while not troubles:
            act(waiting.get_nowait())
    except Empty:
        return
    except (GaveUp, Refusal, OSError) as trouble:
        troubles.append(trouble)
