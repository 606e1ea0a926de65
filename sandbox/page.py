"""The page at the address of the local Slack: what it is, who is there, where to read on."""

from html import escape
from typing import TYPE_CHECKING

from sandbox.clock import format_instant

if TYPE_CHECKING:
    from sandbox.slack import Slack

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name} - local Slack</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c1c1c; background: #fff; }}
table {{ border-collapse: collapse; width: 100%; }}
caption {{ text-align: left; font-weight: bold; padding: 1rem 0 .3rem; }}
th, td {{ text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #ccc;
  vertical-align: top; }}
a {{ color: #0b4f9c; }}
</style>
</head>
<body>
<main>
<h1>{name}</h1>
<p>This is a local Slack: a workspace of {count} people on this machine, for trying a bot and for
its tests. Nothing here reaches slack.com. Its clock shows
<time datetime="{now}">{now}</time> ({pace}); {sockets} connected by Socket Mode.</p>
<p>It is driven by its control API. Everything it knows:
<a href="/control/state">state</a>, <a href="/control/journal">journal</a>.
The page docs/sandbox.md in the repository explains both.</p>
<table><caption>Channels</caption>
<thead><tr><th scope="col">Name</th><th scope="col">About</th>
<th scope="col">Members</th></tr></thead>
<tbody>{channels}</tbody></table>
<table><caption>People</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Handle</th><th scope="col">Title</th>
<th scope="col">Time zone</th><th scope="col">Knows about</th></tr></thead>
<tbody>{people}</tbody></table>
</main>
</body>
</html>
"""


def _row(heading: str, *cells: str) -> str:
    rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{heading}</th>{rest}</tr>\n'


def render_page(slack: "Slack") -> str:
    world = slack.world
    channels = [each for each in world.conversations.values() if each.kind == "channel"]
    people = [each for each in world.people.values() if not each.is_bot and not each.deleted]
    connections = len(slack.sockets.connections)
    return PAGE.format(
        name=escape(world.team_name),
        count=len(people),
        now=format_instant(slack.clock.now().replace(microsecond=0)),
        pace="held" if slack.clock.held else "running",
        sockets="one bot process is" if connections == 1 else f"{connections} bot processes are",
        channels="".join(
            _row(
                f'<a href="/control/messages/{each.id}">#{escape(each.name)}</a>',
                each.topic,
                str(len(each.members)),
            )
            for each in channels
        ),
        people="".join(
            _row(escape(each.real_name), each.name, each.title, each.tz, ", ".join(each.topics))
            for each in people
        ),
    )
