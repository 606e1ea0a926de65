"""What every listener has at hand."""

from dataclasses import dataclass

from bot.manifest import Manifest
from bot.slack.directory import Directory
from bot.slack.render import Renderer
from bot.slack.replies import Replies
from bot.slack.screens import Screens


@dataclass(frozen=True, slots=True)
class Tools:
    manifest: Manifest
    renderer: Renderer
    replies: Replies
    screens: Screens
    directory: Directory
