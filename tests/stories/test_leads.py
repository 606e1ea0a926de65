"""Admins name the learning leads, and only leads do what leads do."""

import pytest

from tests.storage.scene import ON_SQLITE
from tests.world import World

pytestmark = ON_SQLITE


def test_an_admin_names_leads_and_each_is_told(world: World) -> None:
    world.person("root", is_admin=True)
    world.person("lee")

    form = world.types("root", "/learning leads")
    assert form.shown.startswith("Learning leads")
    saved = world.fills("root", leads=["U_LEE"])

    assert "The learning leads: <@U_LEE>" in saved.shown
    told = world.slack.dms("lee")[-1]
    assert told.says("You are a learning lead")
    assert told.says("<@U_ROOT> named you.")
    assert told.says("Rather not? Any admin")


def test_the_form_shows_who_they_are_and_whoever_is_left_out_is_told(world: World) -> None:
    world.lead("lee")
    world.lead("mo")

    field = world.types("root", "/learning leads").view["blocks"][0]["element"]
    assert field["initial_users"] == ["U_LEE", "U_MO"]
    world.fills("root", leads=["U_MO"])

    assert world.slack.dms("lee")[-1].says("You are not a learning lead any more")
    assert world.types("lee", "/reflect new").says("Only a learning lead can do this. Ask mo.")


def test_nobody_is_told_anything_when_nothing_changes(world: World) -> None:
    world.lead("lee")
    before = len(world.slack.dms("lee"))

    world.types("root", "/learning leads")
    world.fills("root", leads=["U_LEE"])

    assert len(world.slack.dms("lee")) == before


def test_s13_only_admins_name_leads(world: World) -> None:
    world.person("ada")

    assert world.types("ada", "/learning leads").says("Only an admin of this workspace")


def test_s13_an_admin_who_is_none_any_more_when_they_submit_is_refused(world: World) -> None:
    world.person("root", is_admin=True)
    world.person("lee")
    world.types("root", "/learning leads")
    world.changes("root", is_admin=False)

    refused = world.fills("root", leads=["U_LEE"])

    assert refused.errors == {"leads": "Only an admin of this workspace can name learning leads."}
    assert world.types("lee", "/mentor pair").says("There is none yet: an admin")


@pytest.mark.parametrize("standing", ["is_restricted", "is_bot"])
def test_only_members_can_be_leads(world: World, standing: str) -> None:
    world.person("root", is_admin=True)
    world.person("gus")
    world.changes("gus", **{standing: True})
    world.types("root", "/learning leads")

    refused = world.fills("root", leads=["U_GUS"])

    assert refused.errors["leads"].startswith("Only full members")


def test_s13_a_lead_who_is_relieved_cannot_use_an_old_screen(world: World) -> None:
    world.lead("lee")
    world.types("lee", "/reflect new")
    world.types("root", "/learning leads")
    world.fills("root", leads=[])

    refused = world.fills("lee", channel="C_GENERAL")

    assert refused.errors["channel"].startswith("Only a learning lead can do this.")


def test_two_admins_with_the_form_open_do_not_undo_each_other(world: World) -> None:
    for name in ("lee", "mo", "nan"):
        world.person(name)
    for name in ("root", "hal"):
        world.person(name, is_admin=True)
        world.types(name, "/learning leads")
    world.fills("root", leads=["U_LEE", "U_MO"])

    saved = world.fills("hal", leads=["U_NAN"])

    assert "<@U_LEE>, <@U_MO>, <@U_NAN>" in saved.shown
    assert not any(m.says("not a learning lead any more") for m in world.slack.dms("lee"))


def test_a_lead_who_has_left_does_not_block_the_form(world: World) -> None:
    world.lead("lee")
    world.lead("mo")
    world.changes("lee", deleted=True)

    field = world.types("root", "/learning leads").view["blocks"][0]["element"]
    assert field["initial_users"] == ["U_MO"]
    assert "The learning leads: <@U_MO>." in world.fills("root").shown
