"""The guided tour as data: what its steps need exists in the company where it is given."""

import re
from importlib.resources import files

import pytest

from bot import manifest
from bot.demo.guide import Json, guide, scenes
from bot.domain.actions import Action
from sandbox.company import load_company

COMMANDS = manifest.load().commands
SCENES = scenes(COMMANDS)
STEPS = [step for scene in SCENES for step in scene["steps"]]
GESTURES = {"command", "reaction", "submit", "travel"}
KINDS = {"go", "write", "press", "react", "travel", "thread"}


def company() -> Json:
    return load_company(None)


def test_there_are_six_scenes_that_say_what_they_are_about() -> None:
    assert len(SCENES) == 6
    assert all(scene["title"] and scene["about"] and scene["steps"] for scene in SCENES)
    assert len({scene["title"] for scene in SCENES}) == 6


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene["title"])
def test_a_scene_begins_with_somebody_somewhere(scene: Json) -> None:
    """So that each can be begun from wherever one is."""
    assert scene["steps"][0]["go"].keys() == {"as", "at"}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["words"][:40])
def test_a_step_is_of_one_kind_and_says_what_to_do(step: Json) -> None:
    assert len(KINDS & step.keys()) <= 1
    assert step.keys() <= KINDS | {"words", "done", "label", "see"}
    assert ("done" in step) == bool(KINDS - {"go", "thread"} & step.keys())
    assert step.get("done", "travel") in GESTURES | set(Action)
    assert 0 < len(step["words"]) < 260
    assert step["words"].endswith((".", ".*"))


def test_nothing_is_lost_to_a_comment() -> None:
    """What follows ` #` is read by nobody, unless it stands in quotes."""
    text = files("bot.demo").joinpath("guide.yml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if " #" in re.sub(r'"[^"]*"', "", line)] == []


def test_whoever_and_wherever_the_steps_name_exists() -> None:
    people = {each["name"] for each in company()["people"]}
    channels = {f"#{each['name']}" for each in company()["channels"]}
    ways = [step["go"] for step in STEPS if "go" in step]
    assert {way["as"] for way in ways if "as" in way} <= people
    assert {way["not"] for way in ways if "not" in way} <= people
    assert {way["at"] for way in ways if "at" in way} <= channels | {"home"}


def test_commands_are_named_as_in_the_manifest() -> None:
    renamed = dict.fromkeys(COMMANDS, "/frag-wen")
    german = str(scenes(renamed))
    assert "/frag-wen what does a covering index do" in german
    assert not re.search(r"\{(?!name\})\w+\}", german.replace("{'", "").replace('{"', ""))


def test_an_empty_workspace_has_its_emoji_and_no_tour() -> None:
    assert guide(COMMANDS, tour=False) == {"emoji": ["bulb"], "tour": []}
