"""Holds the table of faults in docs/reliability.md to the tests that bear their numbers."""

import re
from collections import defaultdict

from tests.rules.source import modules
from tests.rules.test_docs import text_of

TEST = re.compile(r"^\s*def test_f(\d+)_", re.MULTILINE)
ROW = re.compile(r"^\| F(\d+) \|.*$", re.MULTILINE)
FILE = re.compile(r"`([\w/]+\.py)`")


def promised(page: str) -> dict[int, set[str]]:
    """The faults of the table, each with the files that are said to test it."""
    return {int(row[1]): {f"tests/{file}" for file in FILE.findall(row[0])} for row in _rows(page)}


def _rows(page: str) -> list[re.Match[str]]:
    return list(ROW.finditer(page))


def shown() -> dict[int, set[str]]:
    """The faults that tests are named for, and the files they are in."""
    found: dict[int, set[str]] = defaultdict(set)
    for module in modules("tests"):
        for number in TEST.findall(module.text):
            found[int(number)].add(module.path)
    return dict(found)


def test_every_fault_of_the_table_is_tested_where_it_says_and_no_other() -> None:
    assert promised(text_of("docs/reliability.md")) == shown()


def test_a_fault_stands_in_the_table_once() -> None:
    numbers = [row[1] for row in _rows(text_of("docs/reliability.md"))]
    assert len(numbers) == len(set(numbers))


def test_rows_are_read() -> None:
    page = "| fault | x |\n| F7 | death | `faults/test_a.py`, `slack/test_b.py` | both |\nF8\n"
    assert promised(page) == {7: {"tests/faults/test_a.py", "tests/slack/test_b.py"}}
