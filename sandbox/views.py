"""Views: each person's stack of modals and their App Home, with hashes against stale updates."""

import copy
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.blocks import with_block_ids
from sandbox.choosing import Choosing
from sandbox.errors import Json, SlackError
from sandbox.forms import FIELDS, INITIAL, State, carried, initial_state, stateful, takes_several
from sandbox.view_limits import check_view

if TYPE_CHECKING:
    from sandbox.slack import Slack

DEEPEST_STACK = 3


@dataclass(eq=False)
class View:
    id: str
    user: str
    content: Json
    hash: str
    root: str
    previous: str | None = None
    channel: str | None = None  # where the person was when it opened
    state: State = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.content["type"])


class Views:
    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        self._count = 0
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}

    def find(self, view_id: str) -> View | None:
        every = [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]
        return next((view for view in every if view.id == view_id), None)

    def by_external_id(self, external_id: str) -> View | None:
        every = [view for stack in self.stacks.values() for view in stack]
        matching = [each for each in every if each.content.get("external_id") == external_id]
        return matching[0] if external_id and matching else None

    def top(self, user: str) -> View | None:
        stack = self.stacks.get(user) or []
        return stack[-1] if stack else None

    def open(self, user: str, content: Any, channel: str | None = None) -> View:
        view = self._make(user, content, "modal", channel)
        self.stacks[user] = [view]
        return view

    def push(self, user: str, content: Any, onto: str) -> View:
        """A view above the one named, if that is still open."""
        stack = self.stacks.get(user) or []
        if not any(view.id == onto for view in stack):
            raise SlackError("not_found")
        if len(stack) >= DEEPEST_STACK:
            raise SlackError("push_limit_reached")
        view = self._make(user, content, "modal", stack[0].channel)
        view.root, view.previous = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def update(self, view: View, content: Any, given_hash: str = "") -> View:
        check_view(content, view.type)
        if given_hash and given_hash != view.hash:
            raise SlackError("hash_conflict")
        self._refuse_taken_external_id(content, view)
        view.content = self._completed(content)
        view.hash = self._new_hash()
        view.state = carried(view.content["blocks"], view.state)
        return view

    def publish(self, user: str, content: Any, given_hash: str = "") -> View:
        home = self.homes.get(user)
        if home is not None:
            return self.update(home, content, given_hash)
        check_view(content, "home")
        if given_hash:
            raise SlackError("hash_conflict")
        self.homes[user] = self._make(user, content, "home")
        return self.homes[user]

    def close(self, view: View) -> None:
        stack = self.stacks.get(view.user) or []
        if view not in stack:
            return
        stack.remove(view)
        for each in stack:
            if each.previous == view.id:
                each.previous = view.previous

    def _make(self, user: str, content: Any, kind: str, channel: str | None = None) -> View:
        check_view(content, kind)
        self._refuse_taken_external_id(content, None)
        self._count += 1
        view_id = f"V{self._count:08d}"
        view = View(view_id, user, self._completed(content), self._new_hash(), view_id)
        view.channel = channel
        view.state = initial_state(view.content["blocks"])
        self._begin_where_one_is(view)
        return view

    def _begin_where_one_is(self, view: View) -> None:
        """`default_to_current_conversation`: one initial value wins over it, several do not."""
        place = self._slack.world.conversations.get(view.channel or "")
        if place is None:
            return
        for block, element in stateful(view.content["blocks"]):
            kind, field_name = element["type"], FIELDS[element["type"]]
            several = takes_several(kind)
            if not element.get("default_to_current_conversation"):
                continue
            current = Choosing(self._slack).current(element, place)
            if current and (several or INITIAL[field_name] not in element):
                chosen = view.state[block["block_id"]][element["action_id"]]
                chosen[field_name] = [current] if several else current

    def _refuse_taken_external_id(self, content: Json, own: View | None) -> None:
        holder = self.by_external_id(str(content.get("external_id") or ""))
        if holder is not None and holder is not own:
            raise SlackError("duplicate_external_id")

    def _completed(self, content: Json) -> Json:
        content = copy.deepcopy(content)
        content["blocks"] = with_block_ids(content["blocks"])
        return content

    def _new_hash(self) -> str:
        return f"{int(self._slack.clock.epoch())}.{secrets.token_hex(4)}"

    def show(self, view: View) -> Json:
        """The view object of answers and payloads."""
        world = self._slack.world
        usual: Json = {
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "title": None,
            "submit": None,
            "close": None,
        }
        return {
            **usual,
            **view.content,
            "id": view.id,
            "hash": view.hash,
            "team_id": world.team,
            "root_view_id": view.root,
            "previous_view_id": view.previous,
            "state": {"values": view.state},
            "app_id": world.app_id,
            "app_installed_team_id": world.team,
            "bot_id": world.bot_id,
        }
