"""Finds every import in a module, wherever and however it is written."""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tests.rules.source import Module

COMPUTED = "<computed>"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name, and the innermost function it is imported in."""

    target: str
    line: int
    function: str = ""


def imports_of(module: Module, known: Collection[str]) -> list[Import]:
    """All imports: at the top, in functions, under TYPE_CHECKING, relative, by name at run time."""
    return list(_walk(module.tree, module, known, ""))


def _walk(node: ast.AST, module: Module, known: Collection[str], within: str) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for target in _targets(child, module, known):
            yield Import(target, getattr(child, "lineno", 0), within)
        inside = child.name if isinstance(child, Function) else within
        yield from _walk(child, module, known, inside)


def _targets(node: ast.AST, module: Module, known: Collection[str]) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(names=names):
            origin = _absolute(node, module)
            return [_submodule(origin, alias.name, known) for alias in names]
        case ast.Call(func=ast.Name(id="__import__" | "import_module"), args=[name, *_]):
            return [_constant(name)]
        case ast.Call(func=ast.Attribute(attr="import_module"), args=[name, *_]):
            return [_constant(name)]
    return []


def _absolute(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    parts = module.package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def _submodule(origin: str, name: str, known: Collection[str]) -> str:
    """`from bot import clock` imports bot.clock; `from bot.clock import Clock` imports the same."""
    return f"{origin}.{name}" if f"{origin}.{name}" in known else origin


def _constant(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return COMPUTED
