"""The fields of forms: a name serves as block and as action, so that errors find their field."""

from collections.abc import Sequence
from datetime import date, time
from itertools import groupby

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.activities.base import Choice
from bot.domain.ids import ChannelId, UserId
from bot.slack.forms.ids import FormId

Json = dict[str, object]


def modal(
    form: FormId, title: str, blocks: Sequence[Block], *, submit: str, metadata: str = ""
) -> Json:
    """A form. `metadata` comes back through the person's own Slack: it is checked, not trusted."""
    view = View(
        type="modal",
        callback_id=form,
        title=title,
        submit=submit,
        close="Cancel",
        blocks=list(blocks),
        private_metadata=metadata,
    )
    return view.to_dict()


def notice(title: str, blocks: Sequence[Block], *, metadata: str = "") -> Json:
    """Something to read, without a form."""
    view = View(
        type="modal", title=title, close="Close", blocks=list(blocks), private_metadata=metadata
    )
    return view.to_dict()


def words(
    name: str,
    label: str,
    *,
    hint: str = "",
    initial: str = "",
    is_long: bool = False,
    is_optional: bool = False,
    most: int = 3000,
) -> InputBlock:
    element = PlainTextInputElement(
        action_id=name, initial_value=initial or None, multiline=is_long, max_length=most
    )
    return _field(name, label, element, hint, is_optional)


def one_of(
    name: str,
    label: str,
    choices: Sequence[Choice],
    *,
    initial: str = "",
    hint: str = "",
    is_optional: bool = False,
) -> InputBlock:
    """A list to choose from; choices with the same group stand under its heading."""
    chosen = next((_option(choice) for choice in choices if choice.value == initial), None)
    # Slack takes either groups or options, so one choice in a group puts all of them into groups
    if any(choice.group for choice in choices):
        groups = groupby(choices, key=lambda choice: choice.group or label)
        element = StaticSelectElement(
            action_id=name,
            option_groups=[
                OptionGroup(label=group, options=[_option(choice) for choice in members])
                for group, members in groups
            ],
            initial_option=chosen,
        )
    else:
        options = [_option(choice) for choice in choices]
        element = StaticSelectElement(action_id=name, options=options, initial_option=chosen)
    return _field(name, label, element, hint, is_optional)


def radio(
    name: str, label: str, choices: Sequence[Choice], *, initial: str = "", hint: str = ""
) -> InputBlock:
    """All choices in view; for a few."""
    options = [_option(choice) for choice in choices]
    chosen = next((option for option in options if option.value == initial), None)
    element = RadioButtonsElement(action_id=name, options=options, initial_option=chosen)
    return _field(name, label, element, hint, is_optional=False)


def ticks(
    name: str, label: str, choices: Sequence[Choice], *, initial: Sequence[str]
) -> InputBlock:
    """Any number of choices, none of them too."""
    options = [_option(choice) for choice in choices]
    ticked = [option for option in options if option.value in initial] or None
    element = CheckboxesElement(action_id=name, options=options, initial_options=ticked)
    return _field(name, label, element, "", is_optional=True)


def people(name: str, label: str, *, initial: Sequence[UserId], hint: str = "") -> InputBlock:
    element = UserMultiSelectElement(action_id=name, initial_users=list(initial) or None)
    return _field(name, label, element, hint, is_optional=True)


def person(name: str, label: str, *, hint: str = "", is_optional: bool = False) -> InputBlock:
    """One of the workspace's people."""
    return _field(name, label, UserSelectElement(action_id=name), hint, is_optional)


def channel(
    name: str,
    label: str,
    *,
    initial: ChannelId | None,
    hint: str = "",
    is_for_all: bool = False,
) -> InputBlock:
    """A channel, public or private, that the person can see; `is_for_all` leaves only those that
    every member of the workspace can look into, and nobody else."""
    element = ConversationSelectElement(
        action_id=name,
        initial_conversation=initial,
        filter=ConversationFilter(
            include=["public"] if is_for_all else ["public", "private"],
            exclude_bot_users=True,
            exclude_external_shared_channels=is_for_all or None,
        ),
    )
    return _field(name, label, element, hint, is_optional=False)


def public_channel(name: str, label: str, *, hint: str = "") -> InputBlock:
    """A channel that everybody can see, or none."""
    element = ConversationSelectElement(
        action_id=name, filter=ConversationFilter(include=["public"], exclude_bot_users=True)
    )
    return _field(name, label, element, hint, is_optional=True)


def clock(name: str, label: str, *, initial: time, hint: str = "") -> InputBlock:
    element = TimePickerElement(action_id=name, initial_time=initial.strftime("%H:%M"))
    return _field(name, label, element, hint, is_optional=False)


def day(name: str, label: str, *, initial: date | None, hint: str = "") -> InputBlock:
    element = DatePickerElement(
        action_id=name, initial_date=initial.isoformat() if initial else None
    )
    return _field(name, label, element, hint, is_optional=True)


def _option(choice: Choice) -> Option:
    return Option(value=choice.value, label=choice.label)


def _field(
    name: str, label: str, element: InputInteractiveElement, hint: str, is_optional: bool
) -> InputBlock:
    return InputBlock(
        block_id=name, label=label, element=element, hint=hint or None, optional=is_optional
    )
