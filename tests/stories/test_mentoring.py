"""Mentors and mentees: sign up, be proposed, be introduced, and end without blame."""

import pytest

from tests.localslack import Message
from tests.world import World

PAIR = "/mentor pair"


def sign_up(world: World, name: str, *, wants: str = "", offers: str = "", **more: str) -> None:
    role = "both" if wants and offers else "mentee" if wants else "mentor"
    world.types(name, "/mentor")
    filled = world.fills(name, role=role, wants=wants, offers=offers, **more)
    assert "You are in the pool" in filled.shown


def pool(world: World) -> None:
    """Ada and Bo offer, Cy and Dee look for somebody, Lee leads."""
    world.lead("lee")
    for mentor, offers in (("ada", "sql, python"), ("bo", "sql")):
        world.person(mentor)
        sign_up(world, mentor, offers=offers)
    for mentee, wants in (("cy", "python"), ("dee", "sql")):
        world.person(mentee)
        sign_up(world, mentee, wants=wants)


def said_to(world: World, name: str) -> Message:
    """The newest message that stays in somebody's direct messages."""
    return [message for message in world.slack.dms(name) if not message.is_private][-1]


def test_a_lead_proposes_and_publishes_and_the_two_are_introduced(world: World) -> None:
    pool(world)

    assert world.types("lee", PAIR).says("I am looking for the best pairs")
    draft = world.slack.dms("lee")[-1]
    assert draft.says("2 pairs.")
    assert draft.says("<@U_ADA> for <@U_CY>: python; 8 hours of shared working time")
    assert draft.says("<@U_BO> for <@U_DEE>: sql")
    assert draft.says("Nothing has been sent to anybody.")
    assert world.clicks("lee", "Publish").says("To be introduced now: 2 pairs.")

    introduced = world.slack.group("ada", "cy")[-1]
    assert introduced.says("<@U_ADA> is the mentor, <@U_CY> the mentee.")
    assert introduced.says("<@U_ADA> offers python, and <@U_CY> would like to learn that.")
    assert introduced.says("A first step: <@U_CY>, say in this thread")
    assert introduced.says("You get this because you both signed up with `/mentor`.")
    assert said_to(world, "lee").says("<@U_LEE> published this round.")


def test_nothing_is_sent_to_anybody_before_it_is_published(world: World) -> None:
    pool(world)
    before = len(world.slack.accepted())

    world.types("lee", PAIR)

    assert len(world.slack.accepted()) == before + 1
    for name in ("ada", "bo", "cy", "dee"):
        assert not world.slack.dms(name)


def test_publishing_twice_changes_nothing(world: World) -> None:
    pool(world)
    world.types("lee", PAIR)
    draft = world.slack.dms("lee")[-1]
    world.clicks("lee", "Publish")
    sent = len(world.slack.accepted())

    again = world.forges("lee", "round.publish", "1", draft)

    assert again.says("has been published already. Nothing was sent again.")
    assert len(world.slack.accepted()) == sent


def test_a_draft_that_is_discarded_was_never_heard_of(world: World) -> None:
    pool(world)
    world.types("lee", PAIR)
    draft = world.slack.dms("lee")[-1]

    assert world.clicks("lee", "Discard").says("nobody has heard of it")

    assert world.forges("lee", "round.publish", "1", draft).says("was discarded")
    assert said_to(world, "lee").says("Discarded")
    assert world.look(lambda work: work.pairs.active()) == []


def test_a_newer_draft_takes_the_place_of_an_older(world: World) -> None:
    pool(world)
    world.types("lee", PAIR)
    older = world.slack.dms("lee")[-1]
    world.types("lee", PAIR)

    assert world.forges("lee", "round.publish", "1", older).says("a newer one has taken its place")
    assert world.clicks("lee", "Publish").says("To be introduced now: 2 pairs")


def test_only_a_lead_proposes_and_only_a_lead_publishes(world: World) -> None:
    pool(world)
    assert world.types("ada", PAIR).says("Only a learning lead can do this. Ask lee.")
    world.types("lee", PAIR)
    draft = world.slack.dms("lee")[-1]
    world.types("root", "/learning leads")
    world.fills("root", leads=["U_ROOT"])

    assert world.forges("lee", "round.publish", "1", draft).says("Only a learning lead")
    assert world.look(lambda work: work.pairs.active()) == []


def test_whoever_finds_nobody_is_told_why_and_goes_first_next_time(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    sign_up(world, "ada", offers="sql")
    for mentee in ("cy", "dee"):
        world.person(mentee)
        sign_up(world, mentee, wants="sql")
    world.types("lee", PAIR)
    assert world.slack.dms("lee")[-1].says("One pair, 1 without anybody.")
    world.clicks("lee", "Publish")

    left = next(name for name in ("cy", "dee") if world.slack.dms(name))
    told = world.slack.dms(left)[-1]
    assert told.says("No mentor for you this time")
    assert told.says("You go first in the next round.")
    assert told.says("To leave the pool: `/mentor leave`.")


def test_a_mentor_takes_as_many_as_they_said_in_later_rounds_too(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    sign_up(world, "ada", offers="sql", capacity="2")
    for mentee in ("cy", "dee"):
        world.person(mentee)
        sign_up(world, mentee, wants="sql")
        world.types("lee", PAIR)
        world.clicks("lee", "Publish")
    world.person("eve")
    sign_up(world, "eve", wants="sql")
    world.types("lee", PAIR)

    assert said_to(world, "lee").says("1 mentor offers sql, but has no free place left.")
    active = world.look(lambda work: work.pairs.active())
    assert [(p.mentor, p.mentee) for p in active] == [("U_ADA", "U_CY"), ("U_ADA", "U_DEE")]


@pytest.mark.parametrize(
    "change", ["leaves the pool", "pauses", "leaves the company", "has other wishes"]
)
def test_somebody_lost_between_draft_and_publishing_is_not_paired(
    world: World, change: str
) -> None:
    pool(world)
    world.types("lee", PAIR)
    match change:
        case "leaves the pool":
            world.types("cy", "/mentor leave")
        case "pauses":
            world.types("cy", "/learning pause")
        case "has other wishes":
            sign_up(world, "cy", wants="rust")
        case _:
            world.changes("cy", deleted=True)

    world.clicks("lee", "Publish")

    assert [p.mentee for p in world.look(lambda work: work.pairs.active())] == ["U_DEE"]
    assert said_to(world, "lee").says("<@U_ADA> and <@U_CY> could not be paired any more")
    assert world.slack.dms("ada")[-1].says("Somebody who would have suited is not free any more.")


def test_a_pair_ends_without_blame_and_is_not_repeated_at_once(world: World) -> None:
    pool(world)
    world.types("lee", PAIR)
    world.clicks("lee", "Publish")
    introduced = world.slack.group("ada", "cy")[-1]

    assert world.clicks("cy", "End this pairing", introduced).says("but not who ended it")

    thread = world.slack.group("ada", "cy")
    assert thread[0].says("this pairing has ended")
    assert thread[-1].says("needs no reason")
    assert thread[-1].thread_ts == introduced.ts
    assert not any("U_CY ended" in message.text for message in thread)
    world.types("lee", PAIR)
    assert world.slack.dms("lee")[-1].says("2 without anybody")


def test_nobody_else_can_end_a_pair(world: World) -> None:
    pool(world)
    world.types("lee", PAIR)
    world.clicks("lee", "Publish")
    own = world.slack.group("bo", "dee")[-1]

    assert world.forges("dee", "pair.end", "1", own).says("This is not one of your pairs.")
    assert len(world.look(lambda work: work.pairs.active())) == 2


def test_the_partner_of_somebody_who_leaves_the_company_is_told(world: World) -> None:
    pool(world)
    world.types("lee", PAIR)
    world.clicks("lee", "Publish")

    world.changes("ada", deleted=True)

    assert world.slack.dms("cy")[-1].says(
        "<@U_ADA> cannot go on: they are no member of this workspace any more."
    )
    assert [p.mentee for p in world.look(lambda work: work.pairs.active())] == ["U_DEE"]


def test_signing_up_says_what_is_missing_beside_its_field(world: World) -> None:
    world.person("ada", knows=("sql",))
    form = world.types("ada", "/mentor").view
    assert form["blocks"][2]["element"]["initial_value"] == "sql"

    refused = world.fills("ada", role="both", wants="", offers="")

    assert set(refused.errors) == {"wants", "offers"}
    assert world.look(lambda work: work.pool.all()) == []


def test_the_form_takes_one_out_of_the_pool_again(world: World) -> None:
    world.person("ada")
    sign_up(world, "ada", offers="sql")
    world.types("ada", "/mentor")

    assert "You have left the pool" in world.fills("ada", role="neither").shown
    assert world.types("ada", "/mentor leave").says("You are not in the pool")


def test_with_nobody_in_the_pool_there_is_nothing_to_propose(world: World) -> None:
    world.lead("lee")

    assert world.types("lee", PAIR).says("Nobody has signed up yet")
    assert world.types("lee", "/mentor dance").says("I did not understand that")


def test_an_introduction_that_cannot_be_made_is_told_to_the_lead(world: World) -> None:
    pool(world)
    world.types("lee", PAIR)
    fault = {"method": "conversations.open", "kind": "ok_false", "error": "not_allowed"}
    world.slack.control("fault", **fault, where={"users": "U_ADA,U_CY"})

    world.clicks("lee", "Publish")

    told = world.slack.dms("lee")[-1]
    assert told.says("could not be introduced")
    assert told.says("please tell them yourself")


def test_a_large_draft_goes_on_in_its_thread(world: World) -> None:
    world.lead("lee")
    for number in range(17):
        for name, wish in ((f"mentor{number}", "offers"), (f"mentee{number}", "wants")):
            world.person(name)
            sign_up(world, name, **{wish: "sql"})

    world.types("lee", PAIR)

    first, second = world.slack.dms("lee")[-2:]
    assert first.says("17 pairs.")
    assert first.says("The rest is in this thread.")
    assert second.thread_ts == first.ts
    assert second.text.count("<@") == 4


def test_after_a_draft_is_discarded_no_page_of_it_names_anybody(world: World) -> None:
    world.lead("lee")
    for number in range(16):
        for name, wish in ((f"mentor{number}", "offers"), (f"mentee{number}", "wants")):
            world.person(name)
            sign_up(world, name, **{wish: "sql"})
    world.types("lee", PAIR)
    world.clicks("lee", "Discard")

    assert not any("MENTEE" in m.text for m in world.slack.dms("lee") if not m.is_private)
    assert world.look(lambda work: work.pairs.of_round(1)) == []


def test_somebody_who_left_while_the_bot_was_away_is_noticed_by_the_sync(world: World) -> None:
    pool(world)
    world.types("lee", PAIR)
    world.clicks("lee", "Publish")
    world.stop()
    world.slack.control("person", id="U_ADA", deleted=True)
    world.revive()

    world.syncs()

    assert world.slack.dms("cy")[-1].says("<@U_ADA> cannot go on")


def test_whoever_is_a_guest_by_now_can_still_leave(world: World) -> None:
    world.person("ada")
    sign_up(world, "ada", offers="sql")
    world.changes("ada", is_restricted=True)

    assert world.look(lambda work: work.pool.all()) == []
    assert world.types("ada", "/mentor leave").says("You are not in the pool")


def test_a_lead_relieved_before_the_draft_is_there_does_not_get_it(world: World) -> None:
    pool(world)
    world.types("root", "/learning leads")
    held = {"user": "lee", "channel": "#general", "command": "/mentor", "text": "pair"}
    world.slack.control("command", **held)
    view = world.form("root")["id"]
    world.slack.control("submit", user="root", view_id=view, values={"leads": []})
    world.settle()

    assert not any("Proposed mentor pairs" in m.text for m in world.slack.dms("lee"))
