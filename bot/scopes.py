"""What is lost without each permission: one place for the doctor, /ready and docs/scopes.md."""

from collections.abc import Iterable

LOST = {
    "commands": "the commands: nobody can ask, sign up, set or start anything",
    "chat:write": "everything Peerloop says",
    "channels:read": (
        "the list of public channels in `/learning`; weekly prompts; being told when it is "
        "invited or removed"
    ),
    "groups:read": "weekly prompts in private channels",
    "im:write": "asking anybody in private",
    "mpim:write": "bringing asker and helper, or a pair, together",
    "reactions:read": "the log of what people learn from each other",
    "users:read": (
        "knowing whom to ask, counting the time to answer in working hours, and naming leads"
    ),
    "channels:history": (
        "an interrupted message in a public channel is not said again, and emoji that were put "
        "there while no connection stood are not noted"
    ),
    "groups:history": (
        "an interrupted message in a private channel is not said again, and emoji that were put "
        "there while no connection stood are not noted"
    ),
    "im:history": "an interrupted message to one colleague is not said again",
    "mpim:history": "an interrupted message to several people is not said again",
}


def lacking(wanted: Iterable[str], granted: Iterable[str] | None) -> list[str]:
    """The permissions that were not granted; none where Slack did not tell what was."""
    return [] if granted is None else [scope for scope in wanted if scope not in set(granted)]


def loss(scope: str) -> str:
    """A sentence on what is switched off without this permission, and nothing else is."""
    lost = LOST.get(scope, "what your manifest asks for it for")
    return f"The permission {scope} is not granted. Without it you lose this: {lost}."
