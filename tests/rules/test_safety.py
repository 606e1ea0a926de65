"""Nothing in the source runs what somebody else wrote: no pickles, no evaluation, no templates."""

import ast
from collections.abc import Iterator

import pytest

from tests.rules.source import Module, modules

FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "shelve", "marshal", "jsonpickle", "jinja2"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_ATTRIBUTES = {
    ("yaml", "load"),
    ("yaml", "load_all"),
    ("yaml", "unsafe_load"),
    ("yaml", "full_load"),
    ("os", "system"),
    ("os", "popen"),
    ("string", "Template"),
}


def unsafe(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        for what in _unsafe(node):
            yield f"{module.path}:{getattr(node, 'lineno', 0)} {what}"


def _unsafe(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (a.name for a in names if a.name.split(".")[0] in FORBIDDEN_MODULES)
        case ast.ImportFrom(module=str(name)) if name.split(".")[0] in FORBIDDEN_MODULES:
            yield name
        case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
            yield name
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if (
            owner,
            name,
        ) in FORBIDDEN_ATTRIBUTES:
            yield f"{owner}.{name}"
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "format_map")) if (
            isinstance(value, ast.Name) and value.id.isupper() is False and _is_given(node, value)
        ):
            yield f"{value.id}.format"
        case ast.keyword(arg="shell", value=ast.Constant(value=True)):
            yield "shell=True"


def _is_given(node: ast.Call, value: ast.Name) -> bool:
    """A text from elsewhere as the template; our own parameters that hold literals are named so."""
    return value.id not in OUR_OWN and bool(node.args or node.keywords)


OUR_OWN = {"declares"}
"""Parameters to which only literals of ours are given."""


@pytest.mark.parametrize("module", modules("bot", "storage"), ids=str)
def test_s19_nothing_runs_what_somebody_else_wrote(module: Module) -> None:
    assert list(unsafe(module)) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "import yaml\nyaml.load(x)",
        "eval(x)",
        "typed.format(person=person)",
        "run(x, shell=True)",
        "os.system(x)",
    ],
)
def test_s19_the_eye_that_watches_sees_it(source: str) -> None:
    assert list(unsafe(Module("x.py", source)))


def test_s19_what_is_ours_is_let_be() -> None:
    fine = "'{}'.format(x)\nTITLE.format(x)\nyaml.safe_load(x)\njson.loads(x)"
    assert list(unsafe(Module("x.py", fine))) == []
