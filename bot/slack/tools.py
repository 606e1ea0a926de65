"""What every listener has at hand."""

from dataclasses import dataclass

from bot.manifest import Manifest
from bot.slack.answer import Answerer
from bot.slack.directory import Directory
from bot.slack.render import Renderer


@dataclass(frozen=True, slots=True)
class Tools:
    manifest: Manifest
    renderer: Renderer
    answerer: Answerer
    directory: Directory
