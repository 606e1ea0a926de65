"""Answer the person who acted, wherever they did: in a message, in a form, on App Home."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from bot.domain.cards import Card
from bot.domain.cards import body as parts
from bot.domain.refusals import Refused
from bot.slack.answer import Answerer
from bot.slack.screens import Screens

Body = Mapping[str, Any]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Replies:
    answerer: Answerer
    screens: Screens

    def in_place(self, body: Body, card: Card) -> None:
        """Put `card` where the button was that was pressed."""
        if "view" in body:
            self.screens.update(body["view"], lambda: self.screens.card(card))
        else:
            self.answerer.replace(body["response_url"], card)

    def beside(self, body: Body, card: Card) -> None:
        """Show `card` to the person alone, and leave what they pressed as it is."""
        if "view" not in body:
            self.answerer.whisper(body["response_url"], card)
            return
        try:
            self.screens.show(body, self.screens.card(card))
        except Refused as refusal:  # what they wanted is done; they are not asked to do it again
            log.warning("answer not shown", reason=str(refusal))

    def sentence(self, body: Body, sentence: str) -> None:
        """The same for one sentence."""
        if body.get("response_url"):
            self.answerer.say(body["response_url"], self.screens.renderer.plain(sentence))
        elif "view" in body:
            self.beside(body, Card("", parts(sentence)))
