"""Finds in the bot's source which Slack methods it calls and which events and commands it takes."""

import ast
import re
from collections.abc import Iterable, Iterator

from slack_sdk import WebClient

from tests.rules.source import Module

# What the SDK offers under these names is no method of Slack's own.
OURS = frozenset({"api_call", "files_upload_v2", "validate_slack_signature"})
METHOD = re.compile(r"[a-z]+(\.[a-zA-Z0-9]+)+")


def is_method(attribute: str) -> bool:
    """Whether the SDK's client has a method by this name, such as chat_postMessage."""
    looks_like_one = attribute[0].islower() and "_" in attribute and attribute not in OURS
    return looks_like_one and hasattr(WebClient, attribute)


def methods_called(modules: Iterable[Module]) -> dict[str, str]:
    """Slack's name of each method that is called or named, and one place where."""
    return {
        name: f"{module.path}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Constant)
        for name in _method(node)
    }


def _method(node: ast.Attribute | ast.Constant) -> Iterator[str]:
    match node:
        case ast.Attribute(attr=attribute) if is_method(attribute):
            yield attribute.replace("_", ".")
        case ast.Constant(value=str(text)) if METHOD.fullmatch(text):
            if is_method(text.replace(".", "_")):
                yield text


def events_taken(modules: Iterable[Module]) -> tuple[set[str], list[str]]:
    """The types of event that listeners are registered for, and the places that cannot be read."""
    sources = list(modules)
    names = _constants(sources)
    found: set[str] = set()
    unread: list[str] = []
    for module in sources:
        local = names | _loops(module, names)
        for call in _registrations(module, "event"):
            types = _words(_given(call), local)
            found |= types
            if not types and not _is_pattern(_given(call)):
                unread.append(f"{module.path}:{call.lineno}")
    return found, unread


def commands_named(modules: Iterable[Module]) -> set[str]:
    """Every word in the modules that register commands: the roles among them are what they take."""
    return {
        word
        for module in modules
        if any(_registrations(module, "command"))
        for node in ast.walk(module.tree)
        for word in _word(node)
    }


def _word(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Attribute(attr=text) | ast.Name(id=text):
            yield text


def _registrations(module: Module, kind: str) -> Iterator[ast.Call]:
    """Calls such as app.event(…), also as a decorator."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if (
                attr == kind and "app" in name
            ):
                yield node


def _given(call: ast.Call) -> ast.expr | None:
    return call.args[0] if call.args else next((word.value for word in call.keywords), None)


def _words(node: ast.AST | None, names: dict[str, set[str]]) -> set[str]:
    """The strings an expression stands for, as far as that can be read."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return names.get(name, set())
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return set().union(*(_words(part, names) for part in parts))
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            types = [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "type"]
            return _words(types[0], names) if types else set()
    return set()


def _is_pattern(node: ast.AST | None) -> bool:
    """re.compile(…), written there or named in capitals as a pattern."""
    match node:
        case ast.Call(func=ast.Attribute(attr="compile")):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return "ANY" in name
    return False


def _constants(modules: Iterable[Module]) -> dict[str, set[str]]:
    """Names given to strings and tuples of strings at the top of a module."""
    return {
        target.id: words
        for module in modules
        for node in module.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and (words := _words(node.value, {}))
    }


def _loops(module: Module, names: dict[str, set[str]]) -> dict[str, set[str]]:
    """`for event in ("team_join", "user_change"): app.event(event)(on_change)`."""
    return {
        node.target.id: _words(node.iter, names) | _keys(node.iter)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name)
    }


def _keys(node: ast.AST) -> set[str]:
    keys = node.keys if isinstance(node, ast.Dict) else []
    return {
        key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }
