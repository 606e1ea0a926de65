"""What people do in an app's own space: they open its Home tab or its Messages tab."""

from sandbox.errors import ControlError, Json
from sandbox.events import emit
from sandbox.gestures import Gestures
from sandbox.people import Person


class Visiting(Gestures):
    async def home(self, body: Json) -> Json:
        person, tab = self.actor(body), body.get("tab") or "home"
        self._check(person, tab)
        before = self.before(person)
        home = self.slack.views.homes.get(person.id) if tab == "home" else None
        shown = self.slack.views.show(home) if home else None
        direct = self.slack.world.direct([person.id])
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": direct.id,
            "tab": tab,
        }
        emit(self.slack, event | ({"view": shown} if shown else {}))
        return self.outcome(person, "none", before, view=shown)

    def _check(self, person: Person, tab: str) -> None:
        manifest = self.slack.manifest
        if tab not in ("home", "messages"):
            raise ControlError(f"There is no tab {tab!r}: it is home or messages.")
        if person.external:
            raise ControlError(f"{person.name} is of another workspace: no tabs of this app.")
        if tab == "home" and not manifest.home_tab:
            raise ControlError("This app has no Home tab in its manifest.")
        if tab == "messages" and not manifest.messages_tab:
            raise ControlError("This app has no Messages tab in its manifest.")
