"""Admins name the learning leads, and only leads do what leads do."""

import pytest

from tests.world import World


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


def test_only_admins_name_leads(world: World) -> None:
    world.person("ada")

    assert world.types("ada", "/learning leads").says("Only an admin of this workspace")


def test_an_admin_who_is_none_any_more_when_they_submit_is_refused(world: World) -> None:
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


def test_a_lead_who_is_relieved_cannot_use_an_old_screen(world: World) -> None:
    world.lead("lee")
    world.types("lee", "/reflect new")
    world.types("root", "/learning leads")
    world.fills("root", leads=[])

    refused = world.fills("lee", channel="C_GENERAL")

    assert refused.errors["channel"].startswith("Only a learning lead can do this.")
