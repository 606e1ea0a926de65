"""What a person may choose in an element: by id or name, and only what Slack offers them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.conversations import Conversation
from sandbox.errors import ControlError, Json
from sandbox.forms import shaped, takes_several
from sandbox.options import offered
from sandbox.people import Person
from sandbox.pickers import is_date, is_instant, is_time

if TYPE_CHECKING:
    from sandbox.slack import Slack

NOUNS = {"public_channel": "public", "private_channel": "private"}


class Choosing:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        people = slack.world.people.values()
        self._bots = {person.id for person in people if person.is_bot}

    def state(self, person: Person, holder: str, element: Json, given: Any) -> Json:
        """The state of an element of the view or message `holder` once `given` was chosen in it."""
        kind = element["type"]
        choose = self._way(kind, person, holder, element)
        if takes_several(kind):
            return shaped(element, self._several(element, given, choose))
        if isinstance(given, list | dict) and kind != "rich_text_input":
            raise ControlError(f"{kind} takes one thing, not {given!r}.")
        return shaped(element, None if given in (None, "") else choose(given))

    def _several(self, element: Json, given: Any, choose: Callable[[Any], Any]) -> list[Any]:
        wanted = [] if given is None else given if isinstance(given, list) else [given]
        values = [choose(each) for each in wanted]
        if any(values.count(each) > 1 for each in values):
            raise ControlError(f"The same cannot be chosen twice: {given!r}.")
        most = element.get("max_selected_items")
        if most and len(values) > most:
            raise ControlError(f"One can choose at most {most} here, not {len(values)}.")
        return values

    def _way(self, kind: str, person: Person, holder: str, element: Json) -> Callable[[Any], Any]:
        ways: dict[str, Callable[[Any], Any]] = {
            "external_select": lambda given: self._suggested(person, holder, element, given),
            "users_select": self._user,
            "channels_select": lambda given: self._channel(person, given),
            "conversations_select": lambda given: self._conversation(person, element, given),
            "datepicker": _date,
            "timepicker": _time,
            "datetimepicker": _instant,
            "plain_text_input": lambda given: _words(element, given),
            "rich_text_input": _rich_text,
            "file_input": _file,
        }
        if kind in OPTIONAL:
            return lambda given: _option(offered(element), given)
        return ways.get(kind.removeprefix("multi_"), str)

    # --- people and places ----------------------------------------------------------------------

    def _user(self, given: Any) -> str:
        person = self._slack.world.person(str(given))
        if person.deleted:
            raise ControlError(f"{person.name} is deactivated, so no menu offers them.")
        return person.id

    def _channel(self, person: Person, given: Any) -> str:
        conversation = self._slack.world.conversation(str(given))
        if conversation.type != "public_channel":
            raise ControlError(f"{given!r} is no public channel.")
        self._check_seen(person, conversation)
        return conversation.id

    def _conversation(self, person: Person, element: Json, given: Any) -> str:
        conversation = self._slack.world.conversation(str(given))
        self._check_seen(person, conversation)
        reason = left_out(element.get("filter") or {}, conversation, self._bots)
        if reason:
            raise ControlError(f"{given!r} is not offered: {reason}.")
        return conversation.id

    def _check_seen(self, person: Person, conversation: Conversation) -> None:
        guest = person.is_restricted or person.is_ultra_restricted
        visible = self._slack.world.visible(conversation, person.id)
        if not visible or (guest and person.id not in conversation.members):
            name = conversation.name or conversation.id
            raise ControlError(f"{person.name} does not see {name}.")
        if conversation.is_archived:
            raise ControlError(f"#{conversation.name} is archived, so no menu offers it.")

    def current(self, element: Json, conversation: Conversation) -> str | None:
        """The conversation a menu begins with when it asks for the one its reader is in."""
        left = left_out(element.get("filter") or {}, conversation, self._bots)
        return None if left else conversation.id

    # --- options that the app suggested -----------------------------------------------------------

    def _suggested(self, person: Person, holder: str, element: Json, given: Any) -> Json:
        key = (person.id, holder, element["action_id"])
        initial = [element[name] for name in ("initial_option",) if name in element]
        initial += element.get("initial_options") or []
        return _option([*self._slack.suggested.get(key, []), *initial], given)


OPTIONAL = ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow")


def left_out(wanted: Json, conversation: Conversation, bots: set[str]) -> str | None:
    """Why a menu's filter leaves a conversation out, if it does."""
    include = wanted.get("include")
    if include and NOUNS.get(conversation.type, conversation.type) not in include:
        return f"this menu offers only {', '.join(include)}"
    if wanted.get("exclude_external_shared_channels") and conversation.is_ext_shared:
        return "this menu leaves out what is shared with other organisations"
    with_bot = conversation.kind == "im" and bots & set(conversation.members)
    if wanted.get("exclude_bot_users") and with_bot:
        return "this menu leaves out bots"
    return None


def _option(options: list[Json], value: Any) -> Json:
    for option in options:
        if option["value"] == value:
            return dict(option)
    known = ", ".join(repr(option["value"]) for option in options) or "none"
    raise ControlError(f"There is no option {value!r}; there are {known}.")


def _date(given: Any) -> str:
    if not is_date(given):
        raise ControlError(f"{given!r} is no real date as YYYY-MM-DD.")
    return str(given)


def _time(given: Any) -> str:
    if not is_time(given):
        raise ControlError(f"{given!r} is no time as HH:mm.")
    return str(given)


def _instant(given: Any) -> int:
    if not is_instant(given):
        raise ControlError(f"{given!r} is no time in ten digits of seconds since 1970.")
    return int(given)


def _words(element: Json, given: Any) -> str:
    if not element.get("multiline") and "\n" in str(given):
        raise ControlError("This field holds one line.")
    return str(given)


def _rich_text(given: Any) -> Json:
    """Formatted text as Slack's composer would make it; plain words become one paragraph."""
    if isinstance(given, dict):
        return given
    words = {"type": "text", "text": str(given)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [words]}]}


def _file(given: Any) -> str:
    raise ControlError("The local Slack has no files to give.")
