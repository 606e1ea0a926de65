"""What an operator has given beside plain settings: secrets in files, and names nobody knows."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from storage.files import user

Names = Mapping[str, str | None]

OURS = ("SLACK_", "PEERLOOP_")
ELSEWHERE = ("PEERLOOP_DOMAIN", "PEERLOOP_TEST_POSTGRES_URL", "SANDBOX_PORT")
"""Read by the compose file, by tests and by `peerloop sandbox`: no settings, but no mistakes."""

ALIKE, MUCH_ALIKE = 0.6, 0.85
"""Whoever begins a name as ours do means us; any other must be nearly one of ours."""


class Problem(NamedTuple):
    """A sentence, and the setting it is about; none where it concerns them all."""

    about: str
    words: str


def upper(names: Names) -> dict[str, str]:
    """What is set at all; an empty value is none."""
    return {name.upper(): value for name, value in names.items() if value}


def secrets_in_files(
    secrets: Collection[str], environ: Names, dotenv: Names
) -> tuple[dict[str, str], list[Problem]]:
    """The content of each NAME_FILE that counts, by NAME, and what is the matter with others.

    For each name the environment wins over .env, whichever of the two ways it is given.
    """
    found, problems = {}, []
    for name in secrets:
        for place in (upper(environ), upper(dotenv)):
            path = place.get(f"{name}_FILE")
            if path and name in place:
                both = f"{name} and {name}_FILE are both set; please keep one of them."
                problems.append(Problem(name, both))
            elif path:
                found[name], trouble = _content(f"{name}_FILE", path)
                problems += [Problem(name, trouble)] if trouble else []
            if path or name in place:
                break
    return found, problems


def why_unreadable(path: Path) -> str | None:
    """Why there is no text to be had from it; None if there is."""
    try:
        path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return "there is no such file"
    except IsADirectoryError:
        return "it is a folder"
    except PermissionError:
        return f"{user()} may not read it"
    except ValueError:
        return "it is not text in UTF-8"
    except OSError as error:
        return str(error.strerror)
    return None


def unknown_names(dotenv: Names, settings: Collection[str], secrets: Collection[str]) -> list[str]:
    """A sentence for each name in .env that is meant for us, by its looks, and means nothing."""
    known = [*settings, *(f"{name}_FILE" for name in secrets)]
    return [
        words
        for name in upper(dotenv)
        if name not in {*known, *ELSEWHERE} and (words := _guess(name, known))
    ]


def _guess(name: str, known: Collection[str]) -> str | None:
    if name.endswith("_FILE") and name.removesuffix("_FILE") in known:
        return f".env sets {name}, but only secrets are read from files. Please set the value."
    is_ours = name.startswith(OURS)
    near = get_close_matches(name, known, 1, ALIKE if is_ours else MUCH_ALIKE)
    if near:
        return f".env sets {name}, which is no setting. Do you mean {near[0]}?"
    return f".env sets {name}, which is no setting. Please remove it." if is_ours else None


def _content(name: str, path: str) -> tuple[str, str | None]:
    reason = why_unreadable(Path(path))
    if reason and not Path(path).is_absolute() and not _is_there(path):
        # perhaps it is the secret itself, which is not for showing
        return "", f"{name} names no file that is there. It needs the path of one, from / on."
    if reason:
        return "", f"{name} names {path}, which cannot be read: {reason}."
    content = Path(path).read_text(encoding="utf-8").strip()
    return content, None if content else f"{name} names {path}, which is empty."


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False
