"""Keeps modules and functions small and explained, and lets nothing be ignored in silence."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from statistics import median, quantiles

import pytest

from tests.rules.source import Module, modules, written

MODULE_LINES = 250
FUNCTION_LINES = 40
MEDIAN_LINES = 8
P90_LINES = 25

# Where anything at all may be caught: a loop that must go on, and the outermost edge.
MAY_CATCH_ALL = ("bot.jobs.", "bot.__main__")

DIRECTIVE = re.compile(
    r"#\s*(?:ruff:\s*)?noqa(?P<codes>:\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?"
    r"|#\s*type:\s*ignore(?P<kinds>\[[\w, -]+\])?"
    r"|#\s*mypy:\s*[\w-]+"
    r"|#\s*pragma:\s*no (?:cover|branch)"
)

SOURCES = written()
EVERY_FILE = modules("bot", "storage", "sandbox", "tests", "benchmarks")


def functions(module: Module) -> Iterator[tuple[str, int]]:
    """Every function, inner ones too, with the lines from its `def` to its end."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            end = node.end_lineno or node.lineno
            yield f"{module.path}:{node.lineno} {node.name}", end - node.lineno + 1


def long_functions(module: Module) -> list[str]:
    return [f"{name}: {lines}" for name, lines in functions(module) if lines > FUNCTION_LINES]


def is_one_sentence(docstring: str | None) -> bool:
    """The first paragraph ends in a full stop and holds no other sentence."""
    first = " ".join((docstring or "").strip().split("\n\n")[0].split())
    return first.endswith(".") and not re.search(r"[.!?]\s+[A-Z]", first)


def catch_alls(module: Module) -> list[str]:
    """Bare `except`, `except Exception`, `suppress(Exception)`, unless it is raised again."""
    return [
        f"{module.path}:{getattr(node, 'lineno', 0)} catches everything"
        for node in ast.walk(module.tree)
        if any(_is_anything(caught) for caught in _caught(node))
    ]


def _caught(node: ast.AST) -> list[ast.expr | None]:
    match node:
        case ast.ExceptHandler(body=[*_, ast.Raise(exc=None)]):
            return []
        case ast.ExceptHandler(type=ast.Tuple(elts=kinds)):
            return list(kinds)
        case ast.ExceptHandler(type=kind):
            return [kind]
        case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=kinds):
            return list(kinds)
    return []


def _is_anything(kind: ast.expr | None) -> bool:
    name = getattr(kind, "attr", None) or getattr(kind, "id", None)
    return kind is None or name in ("Exception", "BaseException")


def unexplained(module: Module) -> list[str]:
    """Comments that switch a check off without naming which one, or without saying why."""
    return [
        f"{module.path}:{token.start[0]} {token.string}"
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline)
        if token.type == tokenize.COMMENT and not is_explained(token.string)
    ]


def is_explained(comment: str) -> bool:
    found = list(DIRECTIVE.finditer(comment))
    blanket = any(
        ("noqa" in part[0] and not part["codes"]) or ("ignore" in part[0] and not part["kinds"])
        for part in found
    )
    reason = re.sub(r"[^a-zA-Z]", "", DIRECTIVE.sub("", comment))
    return not found or (len(reason) > 3 and not blanket)


@pytest.mark.parametrize("module", SOURCES, ids=str)
def test_a_module_is_short(module: Module) -> None:
    assert len(module.text.splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("module", SOURCES, ids=str)
def test_a_module_says_in_one_sentence_what_it_is_for(module: Module) -> None:
    assert is_one_sentence(ast.get_docstring(module.tree))


@pytest.mark.parametrize("module", SOURCES, ids=str)
def test_no_function_is_long(module: Module) -> None:
    assert not long_functions(module)


def test_most_functions_are_short() -> None:
    lines = [lines for module in SOURCES for _, lines in functions(module)]
    assert median(lines) <= MEDIAN_LINES
    assert quantiles(lines, n=10)[-1] <= P90_LINES


@pytest.mark.parametrize("module", SOURCES, ids=str)
def test_only_a_loop_or_the_edge_catches_everything(module: Module) -> None:
    assert module.name.startswith(MAY_CATCH_ALL) or not catch_alls(module)


@pytest.mark.parametrize("module", EVERY_FILE, ids=str)
def test_a_check_is_switched_off_only_with_a_reason(module: Module) -> None:
    assert not unexplained(module)


@pytest.mark.parametrize(
    ("docstring", "fine"),
    [
        ("Says what it is for.", True),
        ("One sentence over\ntwo lines.\n\nMore. And more.", True),
        ("Version 3.11, and so on.", True),
        ("Two sentences. Both here.", False),
        ("No full stop", False),
        (None, False),
    ],
)
def test_one_sentence_is_told_from_others(docstring: str | None, fine: bool) -> None:
    assert is_one_sentence(docstring) is fine


@pytest.mark.parametrize(
    "source",
    [
        "try: f()\nexcept: pass",
        "try: f()\nexcept Exception: pass",
        "try: f()\nexcept (ValueError, BaseException): pass",
        "with contextlib.suppress(Exception): f()",
    ],
)
def test_catching_everything_is_found(source: str) -> None:
    assert catch_alls(Module("bot/run.py", source))


def test_catching_what_is_expected_is_fine() -> None:
    source = "try: f()\nexcept (ValueError, error.Http): pass\nwith suppress(KeyError): f()"
    assert not catch_alls(Module("bot/run.py", source))


def test_what_is_raised_again_is_not_caught() -> None:
    assert not catch_alls(Module("bot/run.py", "try: f()\nexcept BaseException:\n  g()\n  raise"))
    assert catch_alls(Module("bot/run.py", "try: f()\nexcept Exception:\n  raise Refused"))


@pytest.mark.parametrize(
    ("directive", "fine"),
    [
        ("noqa", False),
        ("noqa: BLE001", False),
        ("noqa: BLE001, PLR0911", False),
        ("noqa: BLE001 the loop must go on", True),
        ("noqa: BLE001, PLR0911 - the loop must go on", True),
        ("noqa because I say so", False),
        ("type: ignore", False),
        ("type: ignore[arg-type]", False),
        ("type: ignore because I say so", False),
        ("type: ignore[arg-type]  # the library's type is wrong", True),
        ("type: ignore[no-untyped-call]  # noqa: PLC0415", False),
        ("ruff: noqa", False),
        ("pragma: no cover", False),
        ("pragma: no cover - only on macOS", True),
        ("a plain comment", True),
    ],
)
def test_a_reason_is_told_from_none(directive: str, fine: bool) -> None:
    assert is_explained(f"# {directive}") is fine


def test_a_long_function_is_found() -> None:
    source = "class A:\n  async def f():\n" + "    x = 1\n" * FUNCTION_LINES
    assert long_functions(Module("bot/run.py", source)) == ["bot/run.py:2 f: 41"]
