"""Somebody without rights, for tests that would see nothing as root."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.rules.source import ROOT

NOBODY = 65_534


@contextmanager
def a_folder_of_nobodys() -> Iterator[Path]:
    """The folder we are in meanwhile belongs to whom `as_nobody` makes us."""
    before = Path.cwd()
    with TemporaryDirectory(prefix="nobody-") as name:
        if os.geteuid() == 0:
            os.chown(name, NOBODY, NOBODY)
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(before)
            Path(name).chmod(0o700)


@contextmanager
def as_nobody() -> Iterator[None]:
    """An ordinary user: root is made one, because nothing is closed to root."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        if not os.access(ROOT / "bot", os.X_OK, effective_ids=True):
            pytest.skip("this checkout is closed to others")
        yield
    finally:
        if is_root:
            os.seteuid(0)
