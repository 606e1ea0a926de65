"""Holds every module to the table of who may import whom."""

import sys
from collections.abc import Collection

import pytest

from tests.rules.imports import COMPUTED, Import, imports_of
from tests.rules.source import Module, modules

EVERYTHING = "*"

# For each part, what it may import beyond the standard library. The longest matching name counts.
# A part named here may import its own modules. A module no line covers fails until it gets one.
MAY_IMPORT: dict[str, set[str]] = {
    "bot": set(),
    "bot.domain": set(),
    "bot.domain.assignment": {"bot.domain", "numpy", "scipy"},
    "bot.domain.edges": {"bot.domain", "numpy"},
    "bot.domain.postings": {"numpy"},
    "bot.domain.recall": {"bot.domain", "numpy"},
    "bot.domain.refit": {"bot.domain", "numpy"},
    "bot.domain.replay": {"bot.domain", "numpy"},
    "bot.domain.routing": {"bot.domain", "numpy"},
    "bot.domain.words": {"bot.domain", "snowballstemmer"},
    "bot.domain.public_holidays": {"bot.domain", "holidays"},
    "bot.activities": {"bot.domain"},
    "bot.services": {"bot.domain", "bot.activities", "storage.work"},
    "bot.run": {"bot.clock", "bot.domain", "storage", "structlog"},
    "bot.clock": set(),
    "bot.config": {"bot.checks", "bot.given", "pydantic", "pydantic_settings"},
    "bot.checks": {"bot.config"},  # for its type only
    "bot.given": {"storage.files"},
    "bot.ending": {"structlog"},
    "bot.healthy": {"bot.config"},
    "bot.keys": set(),
    "bot.logs": {"structlog"},
    "bot.manifest": {"yaml"},
    "bot.parts": {"structlog"},
    "bot.rates": {"bot.config", "bot.domain"},
    "bot.slack": {
        "bot.domain",
        "bot.activities",
        "bot.services",
        "bot.run",
        "bot.keys",
        "bot.manifest",
        "bot.watch.meters",
        "slack_bolt",
        "slack_sdk",
        "structlog",
        "websockets",
    },
    "bot.jobs": {
        "bot.domain",
        "bot.services",
        "bot.slack.sender",
        "bot.slack.directory",
        "bot.run",
        "bot.clock",
        "bot.keys",
        "bot.watch.meters",
        "storage",
        "apscheduler",
        "structlog",
    },
    "bot.web": {
        "bot.run",
        "bot.services",
        "bot.slack",
        "bot.clock",
        "starlette",
        "uvicorn",
        "structlog",
    },
    "bot.scopes": set(),
    "bot.doctor": {"bot.domain", "bot.scopes", "bot.slack.checkup"},
    "bot.checkup": {
        "bot.clock",
        "bot.config",
        "bot.doctor",
        "bot.manifest",
        "bot.slack.checkup",
        "storage",
    },
    "bot.by_hand": {
        "bot.clock",
        "bot.config",
        "bot.domain",
        "bot.run",
        "bot.services",
        "storage",
        "typer",
    },
    "bot.upkeep": {"bot.clock", "storage"},
    "bot.watch": {
        "bot.domain",
        "bot.run",
        "bot.scopes",
        "storage",
        "prometheus_client",
        "starlette",
        "structlog",
    },
    "bot.watch.meters": set(),
    "bot.program": {EVERYTHING},
    "bot.demo": {EVERYTHING},
    "bot.__main__": {EVERYTHING},
    "storage": {"bot.domain", "sqlalchemy", "alembic"},
    "sandbox": {"starlette", "uvicorn", "websockets", "yaml"},
}

# These hold for everybody, "everything" included.
ONLY_FROM = {
    "slack_bolt": "bot.slack",
    "slack_sdk": "bot.slack",
    "sqlalchemy": "storage",
    "alembic": "storage",
    "prometheus_client": "bot.watch.metrics",
    "scipy": "bot.domain.assignment",
    "holidays": "bot.domain.public_holidays",
    "numpy": "bot.domain",
}

# The local Slack, and the module that puts it and the bot together: nothing but the sandbox command
# may load them, so that a bot in earnest never does.
ONLY_FOR_SANDBOX = ("sandbox", "bot.demo")

# The domain decides and does nothing else: standard modules that reach outside are not for it.
OUTSIDE = {
    *("asyncio", "concurrent", "multiprocessing", "signal", "subprocess", "threading", "time"),
    *("io", "logging", "os", "pathlib", "shutil", "sqlite3", "tempfile"),
    *("http", "socket", "ssl", "urllib"),
}

SOURCES = modules()
KNOWN = frozenset(module.name for module in SOURCES)


def is_within(name: str, part: str) -> bool:
    return name == part or name.startswith(f"{part}.")


def owner_of(name: str) -> str | None:
    """The line of the table that speaks for this module; a lone file of `bot` needs its own."""
    owners = [part for part in MAY_IMPORT if is_within(name, part)]
    owner = max(owners, key=len, default=None)
    return None if owner == "bot" and name != "bot" else owner


def objection(module: str, found: Import) -> str | None:
    """Why this module may not import that, or None."""
    owner, target = owner_of(module), found.target
    if owner is None:
        return "this module has no line in MAY_IMPORT (tests/rules/test_imports.py)"
    if is_for_sandbox(target) and not is_for_sandbox(module):
        fine = module == "bot.__main__" and found.function == "sandbox"
        return None if fine else "only the sandbox command in bot/__main__.py may"
    for library, home in ONLY_FROM.items():
        if is_within(target, library) and not is_within(module, home):
            return f"only {home} may"
    return None if is_allowed(owner, target) else f"{owner} may not"


def is_for_sandbox(name: str) -> bool:
    return any(is_within(name, part) for part in ONLY_FOR_SANDBOX)


def is_allowed(owner: str, target: str) -> bool:
    top = target.partition(".")[0]
    if top in sys.stdlib_module_names:
        return not is_within(owner, "bot.domain") or top not in OUTSIDE
    allowed = MAY_IMPORT[owner]
    if EVERYTHING in allowed:
        return target != COMPUTED
    # "bot" is the package itself, not all that lies in it.
    own = {owner} if owner != "bot" else set()
    return any(is_within(target, part) for part in allowed | own)


def violations(module: Module, known: Collection[str] = KNOWN) -> list[str]:
    return [
        f"{module.path}:{found.line} imports {found.target}: {reason}"
        for found in imports_of(module, known)
        if (reason := objection(module.name, found))
    ]


@pytest.mark.parametrize("module", SOURCES, ids=str)
def test_a_module_imports_only_what_it_may(module: Module) -> None:
    assert owner_of(module.name), f"{module.path} has no line in MAY_IMPORT"
    assert not violations(module), "\n".join(violations(module))


def test_there_is_something_to_check() -> None:
    assert {"bot", "storage", "sandbox"} <= KNOWN


TREE = {"bot.clock", "bot.domain.ids", "bot.slack.sender", "bot.slack.render", "bot.slack.app"}
TREE |= {"storage.work", "storage.tables", "sandbox.server", "bot.services.ask", "bot.run"}
TREE |= {"bot.watch.meters", "bot.watch.metrics"}


@pytest.mark.parametrize(
    ("path", "source", "target"),
    [
        ("bot/domain/ids.py", "import sqlalchemy", "sqlalchemy"),
        ("bot/domain/ids.py", "from storage.work import Work", "storage.work"),
        ("bot/domain/ids.py", "import dateutil.rrule", "dateutil.rrule"),
        ("bot/domain/ids.py", "import time", "time"),
        ("bot/domain/ids.py", "from .. import clock", "bot.clock"),
        ("bot/domain/matching.py", "import scipy.sparse", "scipy.sparse"),
        ("bot/domain/edges.py", "import scipy", "scipy"),
        ("bot/domain/assignment.py", "import os", "os"),
        ("bot/jobs/matchmaker.py", "import numpy", "numpy"),
        ("bot/program.py", "import numpy", "numpy"),
        ("bot/domain/__init__.py", "from ..slack.sender import send", "bot.slack.sender"),
        ("bot/activities/prompt.py", "from bot.services.ask import ask", "bot.services.ask"),
        ("bot/services/ask.py", "from storage import tables", "storage.tables"),
        ("bot/services/ask.py", "from bot import clock", "bot.clock"),
        ("bot/services/ask.py", "import structlog", "structlog"),
        ("bot/slack/app.py", "import storage", "storage"),
        ("bot/slack/app.py", "def f():\n    from storage.work import Work", "storage.work"),
        ("bot/slack/app.py", "if TYPE_CHECKING:\n    import storage.work", "storage.work"),
        ("bot/slack/app.py", "importlib.import_module('storage.work')", "storage.work"),
        ("bot/slack/app.py", "__import__(name)", COMPUTED),
        ("bot/jobs/tick.py", "from bot.slack.render import card", "bot.slack.render"),
        ("bot/jobs/tick.py", "import sqlalchemy as sa", "sqlalchemy"),
        ("bot/web.py", "import slack_sdk.signature", "slack_sdk.signature"),
        ("bot/web.py", "from sandbox.server import serve", "sandbox.server"),
        ("bot/program.py", "import slack_bolt", "slack_bolt"),
        ("bot/watch/meters.py", "import prometheus_client", "prometheus_client"),
        ("bot/jobs/tick.py", "from bot.watch.metrics import Metrics", "bot.watch.metrics"),
        ("bot/services/ask.py", "from bot.watch.meters import Meters", "bot.watch.meters"),
        ("bot/program.py", "from sandbox import server", "sandbox.server"),
        ("bot/__main__.py", "from sandbox import server", "sandbox.server"),
        ("bot/__main__.py", "def run():\n    from sandbox import server", "sandbox.server"),
        ("bot/__main__.py", "from bot.demo import Demo", "bot.demo"),
        ("bot/program.py", "def start():\n    import bot.demo", "bot.demo"),
        ("sandbox/server.py", "import bot.demo", "bot.demo"),
        ("bot/config.py", "from bot.domain import ids", "bot.domain.ids"),
        ("bot/helpers.py", "import json", "json"),
        ("bot/__init__.py", "from bot.run import Runner", "bot.run"),
        ("storage/work.py", "import bot.services.ask", "bot.services.ask"),
        ("storage/work.py", "import pydantic", "pydantic"),
        ("sandbox/server.py", "from bot.domain.ids import UserId", "bot.domain.ids"),
        ("sandbox/server.py", "from slack_sdk import WebClient", "slack_sdk"),
    ],
)
def test_a_forbidden_import_is_found(path: str, source: str, target: str) -> None:
    (found,) = violations(Module(path, source), TREE)
    assert f"imports {target}:" in found
    assert found.startswith(f"{path}:{len(source.splitlines())} ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/domain/ids.py", "import heapq, datetime\nfrom bot.domain import cards"),
        ("bot/domain/assignment.py", "import numpy as np\nfrom scipy.sparse import csr_array"),
        ("bot/domain/edges.py", "import numpy as np\nfrom bot.domain.fit import FLOOR"),
        ("bot/activities/base.py", "from bot.domain.ids import UserId"),
        ("bot/services/ask.py", "from storage.work import Work\nfrom storage import work"),
        ("bot/slack/app.py", "from slack_bolt import App\nfrom bot.slack import sender"),
        ("bot/slack/listeners/ask.py", "from ..sender import send"),
        ("bot/jobs/tick.py", "from bot.slack import sender\nimport storage.work, structlog"),
        ("bot/program.py", "import apscheduler, uvicorn\nfrom bot.jobs import tick"),
        ("bot/__main__.py", "def sandbox():\n    from bot.demo import Demo"),
        ("bot/demo.py", "from bot.program import Program\nfrom sandbox.server import LocalSlack"),
        ("storage/migrations/versions/0001.py", "import sqlalchemy\nfrom alembic import op"),
        ("sandbox/server.py", "import sandbox.world, starlette.routing"),
    ],
)
def test_a_permitted_import_is_let_through(path: str, source: str) -> None:
    assert not violations(Module(path, source), TREE)
