"""Holds documents and locks to the code: all settings and scopes explained, no dead link."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.scopes import LOST
from tests.rules.source import ROOT, Module

DECISION_LINES = 40
UNFINISHED = re.compile(r"\b(" + "TO" + "DO|FIX" + r"ME)\b")
LINK = re.compile(r"\]\(<?([^)\s>]+)>?[^)]*\)")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
PIN = re.compile(r"^([a-z0-9.-]+)==([^\s;\\]+)", re.MULTILINE)


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tracked() -> tuple[str, ...]:
    """The files of this checkout that git knows and that are still there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of its files")
    return tuple(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


# Settings


def settings(module: Module) -> dict[str, str | None]:
    """The fields of class Settings by environment name, with their default where it is plain."""
    classes = [node for node in module.tree.body if isinstance(node, ast.ClassDef)]
    (found,) = [node for node in classes if node.name == "Settings"]
    return {
        node.target.id.upper(): _default(node.value)
        for node in found.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        if not ast.unparse(node.annotation).startswith("ClassVar")
        if not node.target.id.startswith(("_", "model_config"))
    }


def _default(value: ast.expr | None) -> str | None:
    """A number, a word or a truth as one would write it in .env; None where it is anything else."""
    if isinstance(value, ast.Call):
        named = {word.arg: word.value for word in value.keywords}
        value = value.args[0] if value.args else named.get("default")
    if not isinstance(value, ast.Constant) or value.value in (None, "", ...):
        return None
    return str(value.value).lower() if isinstance(value.value, bool) else str(value.value)


def examples(text: str) -> dict[str, str]:
    """The settings .env.example names, set or commented out, with what it gives them."""
    return dict(re.findall(r"^#?([A-Z][A-Z0-9_]*)=(.*)$", text, re.MULTILINE))


def unexplained(text: str) -> list[str]:
    """The settings without a sentence of their own right above them."""
    blocks = re.findall(r"((?:^# .*\n)*)^#?([A-Z][A-Z0-9_]*)=", text, re.MULTILINE)
    return [name for words, name in blocks if len(words) < 20 or "." not in words]


def without_files(names: set[str]) -> set[str]:
    """NAME_FILE is the other way to give NAME, explained once for all secrets."""
    return {name for name in names if name.removesuffix("_FILE") not in names - {name}}


def test_every_setting_is_in_the_example_and_no_other() -> None:
    in_code = settings(Module("bot/config.py", text_of("bot/config.py")))
    in_example = examples(text_of(".env.example"))
    assert without_files(set(in_code)) == without_files(set(in_example))


def test_the_example_names_the_real_defaults() -> None:
    in_example = examples(text_of(".env.example"))
    in_code = settings(Module("bot/config.py", text_of("bot/config.py")))
    named = {name: value for name, value in in_code.items() if value and name in in_example}
    assert {name: in_example[name] for name in named} == named


def test_every_setting_in_the_example_is_explained() -> None:
    assert not unexplained(text_of(".env.example"))


def test_settings_are_read_from_the_source() -> None:
    source = """
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env")
    kinds: ClassVar[int] = 3
    port: int = 3000
    sandbox: bool = Field(default=False)
    slack_bot_token: SecretStr | None = None
    slack_bot_token_file: Path | None = None
"""
    found = settings(Module("bot/config.py", source))
    assert found["PORT"] == "3000"
    assert found["SANDBOX"] == "false"
    assert without_files(set(found)) == {"PORT", "SANDBOX", "SLACK_BOT_TOKEN"}


def test_an_unexplained_setting_is_found() -> None:
    text = "# What it is for, in a sentence.\nPORT=1\n\n# Hm\n#TOKEN=\n\nLEVEL=\n"
    assert unexplained(text) == ["TOKEN", "LEVEL"]
    assert examples(text) == {"PORT": "1", "TOKEN": "", "LEVEL": ""}


# Scopes


def explained_scopes(text: str) -> dict[str, list[str]]:
    """The rows above the list of what is not asked for: a scope, why, what is lost without it."""
    asked, found, _ = text.partition("not ask for")
    assert found, "docs/scopes.md says what Peerloop does not ask for"
    rows = re.findall(r"^\| `([^`]+)` \|(.*)\|$", asked, re.MULTILINE)
    return {scope: [cell.strip() for cell in rest.split("|")] for scope, rest in rows}


def test_every_scope_has_its_row_with_a_reason_and_no_other() -> None:
    scopes: dict[str, list[str]] = yaml.safe_load(text_of("manifest.yml"))["oauth_config"]["scopes"]
    rows = explained_scopes(text_of("docs/scopes.md"))
    assert set(rows) == {*scopes["bot"], *scopes["bot_optional"]}
    short = [scope for scope, cells in rows.items() if len(cells) < 2 or min(map(len, cells)) < 15]
    assert not short, "each row says why, and what is lost without it"


def test_the_page_and_the_doctor_say_the_same_of_what_is_lost() -> None:
    rows = explained_scopes(text_of("docs/scopes.md"))
    assert {scope: cells[1] for scope, cells in rows.items()} == LOST


# Files


def dead_links(name: str, text: str) -> list[str]:
    """Links to files that are not there, outside code blocks."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    targets = [link for link in LINK.findall(prose) if not re.match(r"[a-z]+:|#", link)]
    folder = (ROOT / name).parent
    return [link for link in targets if not (folder / link.partition("#")[0]).exists()]


def test_decisions_are_short() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert decisions
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in decisions}
    assert not {name: count for name, count in lines.items() if count > DECISION_LINES}


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{name}: {match[0]}"
        for name in tracked()
        for match in UNFINISHED.finditer((ROOT / name).read_text("utf-8", errors="ignore"))
    ]
    assert not found


def test_every_link_leads_somewhere() -> None:
    pages = [name for name in tracked() if name.endswith(".md")]
    dead = {name: links for name in pages if (links := dead_links(name, text_of(name)))}
    assert not dead


def test_a_dead_link_is_found() -> None:
    text = "[a](../README.md) [b](none.md#x) [c](mailto:a@b) [d](#e)\n```\n[f](none)\n```\n"
    assert dead_links("docs/x.md", text) == ["none.md#x"]
    assert UNFINISHED.search("a " + "TO" + "DO: more")


# Locks


def pins(text: str) -> list[tuple[str, str]]:
    """Names and versions; a package may have several, each for other versions of Python."""
    return PIN.findall(text)


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(text_of("pyproject.toml"))["project"]
    return found


def unmet(wanted: list[str], pinned: list[tuple[str, str]]) -> list[str]:
    """The requirements a lock leaves out or pins to a version they do not allow."""
    return [line for line in wanted if not is_met(Requirement(line), pinned)]


def is_met(need: Requirement, pinned: list[tuple[str, str]]) -> bool:
    versions = [version for name, version in pinned if name == canonicalize_name(need.name)]
    allowed = [need.specifier.contains(version, prereleases=True) for version in versions]
    return bool(allowed) and all(allowed)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_path(lock: str) -> None:
    text = text_of(lock)
    assert "://" not in text
    assert not re.search(r"(^|\s)(file:|/|\./|\.\./|-e |--\w+-(url|links))", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_in_a_lock_has_a_hash(lock: str) -> None:
    entries = re.split(r"^(?=[a-z])", text_of(lock), flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(text_of(lock)))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_locks_are_what_the_project_asks_for() -> None:
    extras: dict[str, list[str]] = project()["optional-dependencies"]
    runtime = [*project()["dependencies"], *extras["postgres"]]
    assert not unmet(runtime, pins(text_of("requirements.lock"))), "run make lock"
    every = [*project()["dependencies"], *(line for lines in extras.values() for line in lines)]
    assert not unmet(every, pins(text_of("requirements-dev.lock"))), "run make lock"
    build = tomllib.loads(text_of("pyproject.toml"))["build-system"]["requires"]
    assert not unmet(build, pins(text_of("requirements-build.lock"))), "run make lock"


def test_all_locks_pin_the_same_versions() -> None:
    every = set(pins(text_of("requirements-dev.lock")))
    assert all(set(pins(text_of(lock))) <= every for lock in LOCKS)


def test_a_stale_lock_is_found() -> None:
    pinned = pins("typer==0.20.0 \\\n    --hash=sha256:00\nyarl==1.0 ; sys_platform == 'x' \\\n")
    assert pinned == [("typer", "0.20.0"), ("yarl", "1.0")]
    assert unmet(["typer>=0.24", "httpx", "Yarl>=1"], pinned) == ["typer>=0.24", "httpx"]
