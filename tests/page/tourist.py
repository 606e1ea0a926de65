"""Somebody who takes the guided tour."""

from playwright.sync_api import Locator, expect

from tests.page.visitor import PATIENCE, Visitor

BARE = """(selector) => {
  const node = document.querySelector(selector);
  const { left, top, width, height } = node.getBoundingClientRect();
  return node.contains(document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 40)));
}"""


class Tourist(Visitor):
    """Somebody who lets the tour do everything."""

    @property
    def card(self) -> Locator:
        return self.page.locator("#tour")

    def begins(self, title: str) -> None:
        self.card.get_by_role("button", name=title).click()
        expect(self.card.get_by_role("heading")).to_have_text(title)

    @property
    def steps(self) -> int:
        return int(self.card.locator("footer .quiet").inner_text().split("/")[1])

    def sees_all_of(self, title: str) -> None:
        """The last step of a scene is left undone: its button would begin the next one."""
        self.begins(title)
        self.walks(title, self.steps)

    def walks(self, title: str, to: int) -> None:
        """From the scene's beginning to the step of that number."""
        self.begins(title)
        for step in range(1, to):
            self.is_at(step)
            self.does_it()
        self.is_at(to)

    def is_at(self, step: int) -> None:
        expect(self.card).to_have_attribute("data-step", str(step), timeout=2 * PATIENCE)

    def sees_what_is_meant(self) -> None:
        """What the step is about is ringed, and nothing lies over it, nor over the card."""
        ringed = self.page.locator(".pointed")
        expect(ringed).to_be_in_viewport(ratio=0.6, timeout=2 * PATIENCE)
        self.page.wait_for_function(BARE, arg=".pointed", timeout=PATIENCE)
        self.page.wait_for_function(BARE, arg="#tour-do", timeout=PATIENCE)

    def does_the_last(self) -> None:
        self.does_it()

    def does_it(self) -> None:
        """What was only typed is sent, what is asked is agreed to, what happened is read."""
        do = self.card.locator("#tour-do")
        expect(do).to_be_enabled(timeout=2 * PATIENCE)
        label = do.inner_text()
        do.click()
        if label.startswith("Type"):
            self._sends()
        elif "Publish" in label:
            self.page.locator("dialog.small[open] > footer .primary").click()
        elif label in {"Travel to Monday", "Let a day go by"}:
            self.page.get_by_role("button", name="Go on").click(timeout=4 * PATIENCE)

    def _sends(self) -> None:
        if self.form.count():
            self.form.locator("form button[type=submit]").click()
        else:
            self.page.locator("#composer").press("Enter")
