"""Somebody in front of the page: what they do with it, and what they read on it."""

import re

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

PATIENCE = 8_000.0
NOT_FOUND = (
    "Failed to load resource"  # the browser says this of every refusal; the page says it in words
)


class Visitor:
    """One tab of a browser; `troubles` is what the page itself did wrong meanwhile."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.troubles: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and NOT_FOUND not in message.text:
            self.troubles.append(message.text)

    # What they do.

    def comes(self, user: str, place: str = "C_GENERAL") -> "Visitor":
        self.page.goto(f"{self.url}/#/U_{user.upper()}/{place}")
        self.page.locator("body[data-ready]").wait_for()
        return self

    def becomes(self, name: str) -> None:
        """Another person, by name, with the keyboard alone."""
        self.page.locator("#me").focus()
        self.page.keyboard.press("Enter")
        self.page.get_by_label("Find a person").fill(name)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#me")).to_contain_text(name)

    def goes(self, where: str) -> None:
        self.page.locator("#side").get_by_role("button", name=where).click()

    def writes(self, text: str) -> None:
        self.page.locator("#composer").fill(text)
        self.page.locator("#composer").press("Enter")

    def clicks(self, label: str) -> None:
        """The newest button with that label in the conversation."""
        self.room.get_by_role("button", name=label, exact=True).last.click()

    def presses(self, label: str) -> None:
        """A button of the form on top."""
        self.form.get_by_role("button", name=label, exact=True).click()

    def fills(self, label: str, value: str) -> None:
        self.form.get_by_label(label).fill(value)

    def chooses(self, label: str, option: str) -> None:
        self.form.get_by_label(label).click()
        self.page.get_by_role("option", name=option).first.click()

    # What they see.

    @property
    def room(self) -> Locator:
        return self.page.locator("#room")

    @property
    def form(self) -> Locator:
        return self.page.locator("dialog.modal[open]")

    @property
    def messages(self) -> Locator:
        return self.room.locator(".message")

    def message(self, words: str) -> Locator:
        return self.messages.filter(has_text=words).last

    def reads(self, words: str) -> None:
        """It is there, and within what can be seen without scrolling."""
        expect(self.message(words)).to_be_in_viewport(timeout=PATIENCE)

    def does_not_read(self, words: str) -> None:
        expect(self.messages.filter(has_text=words)).to_have_count(0)

    def news(self, where: str) -> Locator:
        """The number beside a conversation."""
        line = self.page.locator("#side").get_by_role("button", name=re.compile(where))
        return line.locator(".unread")
