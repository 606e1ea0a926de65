"""Holds the image and the compose files to what they promise, without a container engine."""

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from bot.config import SECRETS, Settings
from tests.rules.containers import (
    COMPOSE_FILES,
    compose,
    copied,
    everybody,
    health_command,
    image,
    image_environment,
    instructions,
    last,
    ours,
    services,
    stages,
)
from tests.rules.source import ROOT

CONTAINERFILE = (ROOT / "Containerfile").read_text("utf-8")
PINNED = re.compile(r"docker\.io/library/[a-z]+:[\w.${}-]*\d[\w.${}-]*|docker\.io/.*\$\{PYTHON\}.*")
KEYS = {
    "image",
    "build",
    "command",
    "restart",
    "stop_grace_period",
    "init",
    "read_only",
    "tmpfs",
    "cap_drop",
    "cap_add",
    "security_opt",
    "environment",
    "secrets",
    "volumes",
    "healthcheck",
    "user",
    "shm_size",
    "networks",
    "depends_on",
    "deploy",
    "expose",
    "ports",
}
SERVICES = [pytest.param(*each, id=f"{each[0]}-{each[1]}") for each in everybody()]
OURS = [pytest.param(*each, id=f"{each[0]}-{each[1]}") for each in ours()]


def test_the_image_is_built_in_two_stages_from_images_of_a_known_version() -> None:
    bases = [stage[0].words[0] for stage in stages(CONTAINERFILE)]
    assert len(bases) == 2
    assert all(PINNED.fullmatch(base) and "slim" in base for base in bases)


def test_the_image_runs_as_somebody_who_is_not_root() -> None:
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last("USER").text)
    order = [instruction.name for instruction in image()]
    assert "RUN" not in order[order.index("USER") :]


def test_the_image_has_one_volume_and_starts_there() -> None:
    assert last("VOLUME").words == [last("WORKDIR").text] == ["/data"]


def test_the_image_stops_and_is_looked_after() -> None:
    assert last("STOPSIGNAL").text == "SIGTERM"
    assert last("ENTRYPOINT").words == ["peerloop"]
    assert last("CMD").words == ["run"]
    assert last("EXPOSE").text == Settings.model_fields["port"].default.__str__()
    assert health_command(last("HEALTHCHECK").text) == ["python", "-m", "bot.healthy"]


def test_nothing_secret_is_built_into_the_image() -> None:
    named = [i.text for i in instructions(CONTAINERFILE) if i.name in {"ARG", "ENV"}]
    assert not [text for text in named if re.search(r"TOKEN|SECRET|PASSWORD|xox|DATABASE", text)]
    assert not set(image_environment()) & {name.upper() for name in SECRETS}


def test_every_command_of_the_build_needs_no_shell() -> None:
    runs = [i for i in instructions(CONTAINERFILE) if i.name == "RUN"]
    assert all(run.text.startswith("[") for run in runs)


def test_everything_the_build_fetches_is_pinned_by_hash() -> None:
    words = [i.words for i in instructions(CONTAINERFILE) if i.name == "RUN"]
    pips = [run for run in words if run[0].endswith("/pip")]
    assert all("--no-deps" in run for run in pips)
    assert all("--require-hashes" in run or "--no-index" in run for run in pips)
    (wheel,) = [run for run in pips if "wheel" in run]
    assert "--no-build-isolation" in wheel
    locks = {run[-1] for run in pips if "-r" in run}
    assert locks == {"requirements-build.lock", "requirements.lock"}


def test_no_other_file_says_what_is_let_in() -> None:
    """It would be read by one engine, and ours by the other."""
    assert {path.name for path in ROOT.glob("*ignore")} == {".dockerignore", ".gitignore"}


def let_in(path: str) -> bool:
    """What .dockerignore leaves of the checkout: the last line that matches decides."""
    is_in = True
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern, parts = line.removeprefix("!"), Path(path).parts
        looked_at = parts if pattern.startswith("**/") else parts[:1]
        if pattern and any(fnmatch(part, pattern.removeprefix("**/")) for part in looked_at):
            is_in = line.startswith("!")
    return is_in


def test_everything_copied_is_there_and_let_in() -> None:
    assert copied()
    assert [source for source in copied() if not (ROOT / source).exists()] == []
    assert [source for source in copied() if not let_in(source.removeprefix("./"))] == []


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "secrets/slack_bot_token",
        ".git/config",
        "peerloop.db",
        "bot/__pycache__/run.cpython-311.pyc",
        "storage/x.pyc",
    ],
)
def test_nothing_else_is_let_in(path: str) -> None:
    assert not let_in(path)


@pytest.mark.parametrize(("file", "name", "service"), SERVICES)
def test_a_service_can_do_no_more_than_it_must(
    file: str, name: str, service: dict[str, Any]
) -> None:
    assert set(service) <= KEYS
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert name == "proxy" or "ports" not in service
    assert service["image"] == "peerloop" or re.search(r":\d", service["image"])


@pytest.mark.parametrize(("file", "name", "service"), SERVICES)
def test_what_a_service_names_is_there(file: str, name: str, service: dict[str, Any]) -> None:
    whole = compose(file)
    assert set(service.get("secrets", [])) <= set(whole.get("secrets", {}))
    assert set(service.get("networks", [])) <= set(whole.get("networks", {}))
    assert set(service.get("depends_on", {})) <= set(whole["services"])
    for volume in service.get("volumes", []):
        source = volume.partition(":")[0]
        assert source in whole["volumes"] or (ROOT / source).is_file()
    once = service["restart"] == "no"
    assert once or service["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("file", COMPOSE_FILES)
def test_services_wait_for_what_the_others_offer(file: str) -> None:
    every = services(file)
    for service in every.values():
        for name, how in service.get("depends_on", {}).items():
            once = every[name]["restart"] == "no"
            awaited = "service_completed_successfully" if once else "service_healthy"
            assert how == {"condition": awaited}


@pytest.mark.parametrize("file", COMPOSE_FILES)
def test_every_secret_is_a_file_that_git_and_the_image_never_see(file: str) -> None:
    used = {secret for service in services(file).values() for secret in service.get("secrets", [])}
    kept = compose(file)["secrets"]
    assert kept == {name: {"file": f"./secrets/{name}"} for name in used}
    assert "secrets/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("file", "name", "service"), OURS)
def test_our_settings_exist_and_secrets_come_from_files(
    file: str, name: str, service: dict[str, Any]
) -> None:
    for setting, value in service["environment"].items():
        secret = setting.removesuffix("_FILE").lower()
        assert setting.endswith("_FILE")
        assert secret in SECRETS
        assert value == f"/run/secrets/{secret}"
        assert secret in service["secrets"]
    if service["restart"] != "no":
        checked = service["healthcheck"]["test"]
        assert checked == ["CMD", *health_command(last("HEALTHCHECK").text)]


def test_three_replicas_share_one_database_and_only_the_proxy_is_outside() -> None:
    every = services("compose.postgres.yml")
    assert every["peerloop"]["deploy"] == {"replicas": 3}
    assert [name for name, service in every.items() if "ports" in service] == ["proxy"]
    assert every["database"]["networks"] == ["inside"]
    assert compose("compose.postgres.yml")["networks"]["inside"] == {"internal": True}
    proxied = (ROOT / "deploy/Caddyfile").read_text("utf-8")
    assert f"dynamic a peerloop {last('EXPOSE').text} {{" in proxied
    assert set(re.findall(r"handle (/\S+)", proxied)) == {"/slack/events"}


def test_one_does_not_take_the_other_for_itself() -> None:
    """Under one name, `up` with one file would replace or report what the other has started."""
    names = [compose(file)["name"] for file in COMPOSE_FILES]
    assert len(set(names)) == len(names)


def test_one_process_uses_sqlite_on_its_volume() -> None:
    (service,) = services("compose.yml").values()
    assert service["volumes"] == ["data:/data"]
    assert not {"DATABASE_URL", "DATABASE_URL_FILE"} & set(service["environment"])
    assert Settings.model_fields["database_url"].default == "sqlite:///peerloop.db"


def test_an_unknown_instruction_is_found() -> None:
    with pytest.raises(ValueError, match="ADD"):
        instructions("FROM x\nADD https://example.com /x\n")
    joined = instructions("# no\nRUN a \\\n    b\n")
    assert [(i.name, i.words) for i in joined] == [("RUN", ["a", "b"])]
