"""Cards become Block Kit here, and nowhere else; Slack's limits and its escaping live here too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from itertools import groupby, islice
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    SectionBlock,
)

from bot.domain.cards import (
    Button,
    Card,
    ChannelName,
    Command,
    Mention,
    Moment,
    Page,
    Part,
    Quote,
    Text,
)
from bot.domain.text import shorten

MAX_TEXT = 3_500
"""Characters of a message's text; Slack advises 4,000 and splits a message that is far longer."""

MAX_BLOCKS = 50
MAX_VIEW_BLOCKS = 100
MAX_SECTION = 3_000
MAX_CONTEXT = 2_000
MAX_HEADER = 150
MAX_BUTTON = 75
MAX_CONFIRM = 300
MAX_CONFIRM_BUTTON = 30


@dataclass(frozen=True, slots=True)
class Renderer:
    """`commands` gives each role its slash command, as the operator named it."""

    commands: Mapping[str, str]

    def message(self, card: Card) -> dict[str, Any]:
        """The `text` and `blocks` of a message; the text alone carries all that matters."""
        return {
            "text": self.text(card),
            "blocks": [block.to_dict() for block in self._blocks(card)],
        }

    def text(self, card: Card) -> str:
        """The card in one text, for notifications and screen readers."""
        lines = [_escape(card.title), self._mrkdwn(card.body), self._mrkdwn(card.footnote)]
        return _within("\n".join(line for line in lines if line), MAX_TEXT)

    def plain(self, sentence: str) -> str:
        """One sentence of ours, which may quote what somebody typed."""
        return _within(_escape(sentence), MAX_TEXT)

    def home(self, page: Page) -> dict[str, Any]:
        """The view of an App Home."""
        return {"type": "home", "blocks": [block.to_dict() for block in self.page(page)]}

    def page(self, page: Page, limit: int = MAX_VIEW_BLOCKS) -> list[Block]:
        """The blocks of a view: card below card, with a line above each that has a title."""
        blocks: list[Block] = []
        for card in page:
            if card.title and blocks:
                blocks.append(DividerBlock())
            blocks += self._blocks(card)
        return blocks[:limit]

    def _blocks(self, card: Card) -> list[Block]:
        below = [*_actions(card.buttons), *self._context(card.footnote)]
        return [*islice(self._above(card), MAX_BLOCKS - len(below)), *below]

    def _above(self, card: Card) -> Iterator[Block]:
        if card.title:
            yield HeaderBlock(text=shorten(card.title, MAX_HEADER))
        for is_quote, parts in groupby(card.body, key=lambda part: isinstance(part, Quote)):
            if is_quote:
                yield from (_quote(part) for part in parts if isinstance(part, Quote) and part.text)
            else:
                yield from self._section(tuple(parts))

    def _section(self, parts: tuple[Part, ...]) -> Iterator[Block]:
        if text := self._mrkdwn(parts):
            yield SectionBlock(text=_markdown(text, MAX_SECTION))

    def _context(self, parts: tuple[Part, ...]) -> Iterator[Block]:
        if text := self._mrkdwn(parts):
            yield ContextBlock(elements=[_markdown(text, MAX_CONTEXT)])

    def _mrkdwn(self, parts: tuple[Part, ...]) -> str:
        return "".join(self._part(part) for part in parts).strip()

    def _part(self, part: Part) -> str:
        match part:
            case Text(text):
                return _escape(text)
            case Mention(user):
                return f"<@{user}>"
            case ChannelName(channel):
                return f"<#{channel}>"
            case Moment(at, with_time):
                shown = "{date_short_pretty} at {time}" if with_time else "{date_short_pretty}"
                fallback = at.astimezone(UTC).strftime("%d %b, %H:%M UTC" if with_time else "%d %b")
                return f"<!date^{int(at.timestamp())}^{shown}|{fallback}>"
            case Command(role, rest):
                return f"`{_escape(f'{self.commands[role]} {rest}'.strip())}`"
            case Quote(text):
                return "\n" + "\n".join(f"&gt; {line}" for line in _escape(text).split("\n")) + "\n"


def _quote(quote: Quote) -> Block:
    # rich text is shown as it is: nothing in it can mention, link or format
    words = RichTextElementParts.Text(text=quote.text)
    return RichTextBlock(elements=[RichTextQuoteElement(elements=[words])])


def _markdown(text: str, limit: int) -> MarkdownTextObject:
    # verbatim: Slack must not turn what looks like a name or a channel into one
    return MarkdownTextObject(text=_within(text, limit), verbatim=True)


def _actions(buttons: tuple[Button, ...]) -> Iterator[Block]:
    if buttons:
        yield ActionsBlock(elements=[_button(button) for button in buttons])


def _button(button: Button) -> ButtonElement:
    style = None if button.style == "plain" else button.style
    return ButtonElement(
        text=shorten(button.label, MAX_BUTTON),
        action_id=button.action,
        value=button.value,
        style=style,
        confirm=_confirmation(button) if button.confirm else None,
    )


def _confirmation(button: Button) -> ConfirmObject:
    return ConfirmObject(
        title="Are you sure?",
        text=PlainTextObject(text=shorten(button.confirm, MAX_CONFIRM)),
        confirm=shorten(button.label, MAX_CONFIRM_BUTTON),
        deny="No, go back",
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _within(escaped: str, limit: int) -> str:
    """Cut without leaving half an entity or half a token behind."""
    if len(escaped) <= limit:
        return escaped
    cut = escaped[: limit - 1]
    for opening, closing in (("&", ";"), ("<", ">")):
        start = cut.rfind(opening)
        if start > cut.rfind(closing):
            cut = cut[:start]
    return cut + "…"
