"""Reads the Containerfile and the compose files as far as our rules go."""

import json
import re
from dataclasses import dataclass
from typing import Any

import yaml

from tests.rules.source import ROOT

Json = dict[str, Any]

INSTRUCTIONS = {
    "ARG",
    "FROM",
    "ENV",
    "WORKDIR",
    "RUN",
    "COPY",
    "VOLUME",
    "USER",
    "EXPOSE",
    "STOPSIGNAL",
    "HEALTHCHECK",
    "ENTRYPOINT",
    "CMD",
}
COMPOSE_FILES = ("compose.yml", "compose.postgres.yml")


@dataclass(frozen=True, slots=True)
class Instruction:
    name: str
    text: str

    @property
    def words(self) -> list[str]:
        """The JSON form as a list, or what stands between spaces."""
        start = self.text.find("[")
        return list(json.loads(self.text[start:])) if start >= 0 else self.text.split()


def instructions(text: str) -> list[Instruction]:
    """Every instruction, lines that go on with a backslash put together. Raises ValueError."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    found = []
    for line in filter(str.strip, joined.splitlines()):
        name, _, rest = line.strip().partition(" ")
        if name not in INSTRUCTIONS:
            raise ValueError(f"{name} is no instruction that we use")
        found.append(Instruction(name, rest.strip()))
    return found


def stages(text: str) -> list[list[Instruction]]:
    """From each FROM to the next."""
    found: list[list[Instruction]] = []
    for instruction in instructions(text):
        if instruction.name == "FROM":
            found.append([])
        if found:
            found[-1].append(instruction)
    return found


def image() -> list[Instruction]:
    """The stage that is kept."""
    return stages((ROOT / "Containerfile").read_text("utf-8"))[-1]


def build() -> list[Instruction]:
    """The stage that makes what is kept."""
    return stages((ROOT / "Containerfile").read_text("utf-8"))[0]


def last(name: str) -> Instruction:
    return [instruction for instruction in image() if instruction.name == name][-1]


def image_environment() -> dict[str, str]:
    found: dict[str, str] = {}
    for instruction in image():
        if instruction.name == "ENV":
            found |= dict(pair.split("=", 1) for pair in instruction.text.split())
    return found


def health_command(text: str) -> list[str]:
    """What HEALTHCHECK runs."""
    return list(json.loads(text.partition("CMD ")[2]))


def copied() -> list[str]:
    """What is copied from the checkout."""
    text = (ROOT / "Containerfile").read_text("utf-8")
    ours = [i for i in instructions(text) if i.name == "COPY" and "--from=" not in i.text]
    return [source for i in ours for source in i.words[:-1]]


def compose(name: str) -> Json:
    loaded: Json = yaml.safe_load((ROOT / name).read_text("utf-8"))
    return loaded


def services(name: str) -> dict[str, Json]:
    return dict(compose(name)["services"])


def ours() -> list[tuple[str, str, Json]]:
    """The services that run our image: file, name, service."""
    return [
        (file, name, service)
        for file in COMPOSE_FILES
        for name, service in services(file).items()
        if service["image"] == "peerloop"
    ]


def everybody() -> list[tuple[str, str, Json]]:
    return [(f, name, service) for f in COMPOSE_FILES for name, service in services(f).items()]
