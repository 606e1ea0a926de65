"""`python -m tests.soak`: kill the bot at random and count what was lost or said twice."""

import argparse
import random
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.mutants import MUTANTS
from tests.soak.run import PATIENCE, SETTINGS, Plan, Result, run

HEADS = (
    *("database", "replicas", "deliveries", "kills", "stops", "lost", "double", "unknown"),
    *("unsettled", "tracebacks", "seconds", "seed", "mutant"),
)
SHORT = {"deliveries": 40, "kills": 2}


def main(argv: list[str] | None = None) -> int:
    given = _arguments().parse_args(argv)
    out = sys.stdout
    out.write(_about(given.seed))
    rows: list[tuple[str, ...]] = [HEADS]
    code = 0
    for plan in _plans(given):
        with TemporaryDirectory(prefix="peerloop-soak-") as folder:
            result = run(plan, Path(folder))
            rows.append(_row(result))
            code |= _is_bad(result) and not plan.mutant
            _explain(result, Path(folder))
    out.write(_table(rows))
    return int(code)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--replicas", type=int, default=3, help="on PostgreSQL; SQLite has one")
    parser.add_argument("--short", action="store_true", help=f"{SHORT}, to see that it works")
    names = [name.replace(" ", "-") for name in MUTANTS]
    parser.add_argument("--mutant", choices=names, help="another row, broken on purpose")
    return parser


def _plans(given: argparse.Namespace) -> list[Plan]:
    kinds = ["sqlite", "postgres"] if given.database == "both" else [given.database]
    size = SHORT if given.short else {"deliveries": given.deliveries, "kills": given.kills}
    plans = [
        Plan(kind, 1 if kind == "sqlite" else given.replicas, seed=given.seed, **size)
        for kind in kinds
    ]
    if given.mutant:
        plans += [replace(plan, mutant=given.mutant.replace("-", " ")) for plan in plans]
    return plans


def _about(seed: int) -> str:
    values = ", ".join(f"{name.upper()}={value}" for name, value in SETTINGS.items())
    return (
        f"Seed {seed}. {values}; Slack waits {PATIENCE:g} s for an ack, and its rate limits and "
        "ours for the workspace are off; one message a second in each conversation stays.\n\n"
    )


def _is_bad(result: Result) -> bool:
    return not result.verdict.is_clean or bool(result.unsettled)


def _row(result: Result) -> tuple[str, ...]:
    plan, verdict = result.plan, result.verdict
    numbers = (
        *(plan.replicas, result.deliveries, result.kills, result.stops),
        *(len(verdict.lost), len(verdict.double) + len(verdict.unexpected)),
        *(result.states["unknown"], result.unsettled, result.tracebacks, round(result.seconds)),
        plan.seed,
    )
    return (plan.database, *map(str, numbers), plan.mutant or "none")


def _explain(result: Result, folder: Path) -> None:
    if not result.verdict.is_clean:
        sys.stdout.write(f"{result.verdict}\n")
    if result.tracebacks and not result.plan.mutant:
        for log in folder.iterdir():
            sys.stdout.write(log.read_text()[-6000:])


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in [rows[0], tuple("-" * width for width in widths), *rows[1:]]
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
