"""Holds the tables in docs/reliability.md to the tests that bear their numbers."""

import re
from collections import defaultdict

from tests.rules.source import modules
from tests.rules.test_docs import text_of

TEST = re.compile(r"^\s*def test_([fs])(\d+)_", re.MULTILINE)
ROW = re.compile(r"^\| ([FS]\d+) \|.*$", re.MULTILINE)
OPEN = re.compile(r"^- ([FS]\d+): ", re.MULTILINE)
SPECIFIED = {*(f"F{number}" for number in range(1, 76)), *(f"S{n}" for n in range(1, 24))}
FILE = re.compile(r"`([\w/]+\.py)`")


def promised(page: str) -> dict[str, set[str]]:
    """The faults and threats of the tables, each with the files that are said to test it."""
    return {row[1]: {f"tests/{file}" for file in FILE.findall(row[0])} for row in _rows(page)}


def _rows(page: str) -> list[re.Match[str]]:
    return list(ROW.finditer(page))


def shown() -> dict[str, set[str]]:
    """The faults and threats that tests are named for, and the files they are in."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in modules("tests"):
        for kind, number in TEST.findall(module.text):
            found[f"{kind.upper()}{int(number)}"].add(module.path)
    return dict(found)


def test_whatever_stands_in_a_table_is_tested_where_it_says_and_nothing_else() -> None:
    assert promised(text_of("docs/reliability.md")) == shown()


def test_what_is_tested_is_not_listed_as_open() -> None:
    page = text_of("docs/reliability.md")
    still_open = OPEN.findall(page)
    assert len(still_open) == len(set(still_open))
    assert not set(still_open) & set(promised(page))
    assert not (set(still_open) | set(promised(page))) - SPECIFIED


def test_a_number_stands_in_its_table_once() -> None:
    numbers = [row[1] for row in _rows(text_of("docs/reliability.md"))]
    assert len(numbers) == len(set(numbers))


def test_rows_are_read() -> None:
    page = "| fault | x |\n| F7 | death | `faults/test_a.py`, `slack/test_b.py` | both |\nF8\n"
    page += "| S2 | replay | `slack/test_b.py` | once |\n- S9: a digest\n"
    assert promised(page) == {
        "F7": {"tests/faults/test_a.py", "tests/slack/test_b.py"},
        "S2": {"tests/slack/test_b.py"},
    }
    assert OPEN.findall(page) == ["S9"]
