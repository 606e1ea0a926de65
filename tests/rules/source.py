"""Reads the source of this checkout, so that rules can be asked of it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "storage", "sandbox")
GENERATED = "storage/migrations/versions/"


@dataclass(frozen=True, slots=True)
class Module:
    """One file of Python and the dotted name it is imported by."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def package(self) -> str:
        """What a leading dot means in here."""
        is_package = self.path.endswith("/__init__.py")
        return self.name if is_package else self.name.rpartition(".")[0]

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text)

    def __str__(self) -> str:
        return self.path


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every module under these folders of the checkout, in order."""
    return tuple(_read(folders or PACKAGES))


def written(*folders: str) -> tuple[Module, ...]:
    """As `modules`, without the migrations that a tool wrote."""
    return tuple(module for module in modules(*folders) if not module.path.startswith(GENERATED))


def _read(folders: tuple[str, ...]) -> Iterator[Module]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
