"""A short soak of each database runs with the tests; the judge is shown to count, too."""

import subprocess
import sys

import pytest


def soak(*options: str) -> tuple[int, dict[str, str]]:
    """The exit status, and the last row of the table by its heads."""
    command = [sys.executable, "-m", "tests.soak", "--short", "--seed", "1", *options]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    table = [line for line in ended.stdout.splitlines() if line.startswith("| ")]
    heads, *_, last = ([cell.strip() for cell in line.split("|")[1:-1]] for line in table)
    return ended.returncode, dict(zip(heads, last, strict=True))


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def test_random_deaths_lose_nothing_and_say_nothing_twice(
    database: str, request: pytest.FixtureRequest
) -> None:
    if database == "postgres":
        request.getfixturevalue("postgres_url")  # skips where there is none
    code, row = soak("--database", database)
    assert code == 0
    assert int(row["kills"]) > 0
    assert (row["deliveries"], row["lost"], row["double"], row["unsettled"]) == (
        "40",
        "0",
        "0",
        "0",
    )
