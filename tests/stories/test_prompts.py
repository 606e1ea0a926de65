"""A weekly prompt in a channel: on time, once, answered as was promised."""

import pytest

from tests.localslack import Message
from tests.world import World

LONDON = {"channel": "C_GENERAL", "weekday": "0", "time": "10:00", "zone": "Europe/London"}
FERRY = {"prompt": "own", "text": "What did you learn on the ferry?"}


def start(world: World, **values: str) -> None:
    """Lee starts the ferry's question in #general, on Mondays at ten."""
    world.types("lee", "/reflect new")
    started = world.fills("lee", **{**LONDON, **FERRY, **values})
    assert not started.errors, started.errors


def prompts(world: World) -> list[Message]:
    return [m for m in world.slack.messages("#general") if m.says("This week's question")]


def thread(world: World) -> list[str]:
    """What stands below the newest question."""
    parent = prompts(world)[-1].ts
    found = world.slack.messages("#general")
    return [m.text for m in found if m.thread_ts == parent and m.ts != parent]


def test_a_lead_puts_a_weekly_question_into_a_channel(world: World) -> None:
    world.lead("lee")

    form = world.types("lee", "/reflect").view
    assert form["blocks"][3]["element"]["initial_value"] == "Europe/London"
    started = world.fills("lee", **LONDON, **FERRY)
    assert "<#C_GENERAL>, every Monday at 10:00 (Europe/London)." in started.shown
    assert "|02 Mar, 10:00 UTC>" in started.shown
    assert prompts(world) == []

    world.until("2026-03-02T10:00:00Z")
    (prompt,) = prompts(world)
    assert prompt.says("What did you learn on the ferry?")
    assert prompt.says("Your answer appears in this thread, with your name.")
    assert prompt.says("A learning lead started this weekly prompt.")


def test_it_comes_once_a_week_at_its_own_time_whatever_the_clocks_do(world: World) -> None:
    world.lead("lee", tz="America/New_York")
    start(world, weekday="6", time="02:30", zone="America/New_York")

    world.until("2026-03-15T23:00:00Z")

    # on the 8th there was no half past two in New York: half past three, by the clock on the wall
    assert [prompt.ts.split(".")[0] for prompt in prompts(world)] == ["1772955000", "1773556200"]


def test_an_hour_that_comes_twice_brings_one_question(world: World) -> None:
    world.lead("lee")
    start(world, weekday="6", time="01:30")

    world.until("2026-10-24T23:00:00Z")
    before = len(prompts(world))
    world.until("2026-10-25T12:00:00Z")

    assert len(prompts(world)) == before + 1
    assert prompts(world)[-1].ts.split(".")[0] == "1792888200"  # the first of the two


def test_a_restart_neither_loses_nor_repeats_it(world: World) -> None:
    world.lead("lee")
    start(world)
    world.stop()
    world.slack.control("clock", jump="2026-03-02T10:05:00Z")
    world.revive()
    world.settle()
    assert len(prompts(world)) == 1

    world.restart()
    world.settle()

    assert len(prompts(world)) == 1


def test_after_a_long_stop_the_fresh_one_comes_and_the_stale_are_on_record(world: World) -> None:
    world.lead("lee")
    start(world)
    world.stop()
    world.slack.control("clock", jump="2026-03-16T12:00:00Z")
    world.revive()
    world.settle()

    assert len(prompts(world)) == 1
    kept = world.look(
        lambda work: [
            (found.on.isoformat(), found.state)
            for number in (1, 2, 3)
            if (found := work.occasions.get(number))
        ]
    )
    assert kept == [("2026-03-02", "skipped"), ("2026-03-09", "skipped"), ("2026-03-16", "open")]


def test_answers_stand_in_the_thread_with_the_name_where_that_was_promised(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    start(world)
    world.until("2026-03-02T10:00:00Z")

    form = world.clicks("ada", "Answer")
    assert "Your name is shown with your answer" in form.shown
    thanks = world.fills("ada", text="That the bar opens <!channel> at nine.")

    assert "Your answer is on its way to the thread." in thanks.shown
    (answer,) = thread(world)
    assert "<@U_ADA>" in answer
    assert "That the bar opens &lt;!channel&gt; at nine." in answer


def test_an_answer_can_be_changed_and_there_is_only_one(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    start(world, names="hidden")
    world.until("2026-03-02T10:00:00Z")
    world.clicks("ada", "Answer")
    world.fills("ada", text="Nothing yet.")

    form = world.clicks("ada", "Answer").view
    assert form["blocks"][-1]["element"]["initial_value"] == "Nothing yet."
    changed = world.fills("ada", text="How to tie a bowline.")

    assert "is being changed" in changed.shown
    (answer,) = thread(world)
    assert "How to tie a bowline." in answer
    assert "U_ADA" not in answer


def test_whoever_answers_anonymously_is_not_stored_at_all(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    start(world, names="anonymous")
    world.until("2026-03-02T10:00:00Z")
    before = world.everything_kept().count("U_ADA")

    world.clicks("ada", "Answer")
    world.fills("ada", text="I was afraid to ask.")
    form = world.clicks("ada", "Answer").view
    assert not form["blocks"][-1]["element"].get("initial_value")
    world.fills("ada", text="Twice.")

    assert ["A colleague answered" in answer for answer in thread(world)] == [True, True]
    assert world.everything_kept().count("U_ADA") == before


def test_the_next_question_says_what_the_last_one_brought(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    start(world)
    world.until("2026-03-02T10:00:00Z")
    world.clicks("ada", "Answer")
    world.fills("ada", text="A lot.")

    world.until("2026-03-09T10:00:00Z")

    assert prompts(world)[-1].says("Last time brought one answer.")


def test_a_different_question_every_week_if_the_lead_likes(world: World) -> None:
    world.lead("lee")
    start(world, prompt="rotate", text="")

    world.until("2026-03-31T12:00:00Z")

    assert len({prompt.text for prompt in prompts(world)}) == len(prompts(world)) == 5


def test_an_empty_answer_stays_in_the_form(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    start(world)
    world.until("2026-03-02T10:00:00Z")
    world.clicks("ada", "Answer")

    assert world.fills("ada", text="\u202e").errors == {"text": "Please write something first."}


def test_all_leads_see_what_runs_and_pause_resume_and_end_it(world: World) -> None:
    world.lead("lee")
    world.lead("mo")
    start(world)

    listing = world.types("mo", "/reflect").shown
    assert "<#C_GENERAL>, every Monday at 10:00 (Europe/London)." in listing
    assert "“What did you learn on the ferry?” every week" in listing
    assert "Paused." in world.presses("mo", "Pause").shown
    world.until("2026-03-03T00:00:00Z")
    assert prompts(world) == []

    assert "|09 Mar, 10:00 UTC>" in world.presses("mo", "Resume").shown
    world.until("2026-03-10T00:00:00Z")
    assert len(prompts(world)) == 1
    assert "Nothing is running yet" in world.presses("mo", "End").shown
    world.until("2026-03-20T00:00:00Z")
    assert len(prompts(world)) == 1


def test_a_new_one_is_started_from_the_list(world: World) -> None:
    world.lead("lee")
    start(world)
    world.types("lee", "/reflect")

    form = world.presses("lee", "New weekly prompt").view
    assert form["previous_view_id"]
    assert "started" in world.fills("lee", **{**LONDON, **FERRY, "time": "15:00"}).shown


def test_two_leads_with_the_list_open_do_not_undo_each_other(world: World) -> None:
    world.lead("lee")
    world.lead("mo")
    start(world)
    for name in ("lee", "mo"):
        world.types(name, "/reflect")
    world.presses("lee", "End")

    assert "Nothing is running yet" in world.presses("mo", "Pause").shown


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"zone": "Berlin"}, "zone", "Did you mean Europe/Berlin?"),
        ({"prompt": "own", "text": ""}, "text", "Please write your question"),
        ({"prompt": "rotate", "text": "And mine?"}, "text", "choose “My own, written below”"),
        ({"channel": "C_ELSE"}, "channel", "I am not in this channel. Invite me there"),
        ({"channel": "C_SECRET"}, "channel", "I am not in this channel. Invite me there"),
    ],
)
def test_what_cannot_be_started_is_said_beside_its_field(
    world: World, values: dict[str, str], field: str, sentence: str
) -> None:
    world.lead("lee")
    world.slack.control("channel", id="C_ELSE", name="else", members=["U_LEE"])
    world.slack.control("channel", id="C_SECRET", name="secret", is_private=True, members=["U_LEE"])
    world.types("lee", "/reflect new")

    refused = world.fills("lee", **{**LONDON, **FERRY, **values})

    assert list(refused.errors) == [field]
    assert sentence in refused.errors[field]
    assert world.look(lambda work: work.activities.open()) == []


def test_two_of_a_kind_at_the_same_time_are_a_slip(world: World) -> None:
    world.lead("lee")
    start(world)
    world.types("lee", "/reflect new")

    refused = world.fills("lee", **LONDON, **FERRY)

    assert refused.errors["channel"].startswith("There is one in this channel")


def test_f34_where_it_cannot_post_it_rests_and_its_lead_is_told(world: World) -> None:
    world.lead("lee")
    start(world)
    world.slack.control("channel", id="C_GENERAL", is_archived=True)

    world.until("2026-03-02T10:00:00Z")
    world.settle()

    told = world.slack.dms("lee")[-1]
    assert told.says("I could not post in <#C_GENERAL>: the channel is archived.")
    world.slack.control("channel", id="C_GENERAL", is_archived=False)
    assert world.clicks("lee", "Resume", told).says("goes on")
    world.until("2026-03-09T10:00:00Z")
    assert len(prompts(world)) == 1


def test_what_was_asked_in_private_is_answered_by_those_who_are_there(world: World) -> None:
    world.lead("lee")
    world.person("eve")
    members = ["U_LEE", "U_BOT"]
    world.slack.control("channel", id="C_SECRET", name="secret", is_private=True, members=members)
    start(world, channel="C_SECRET")
    world.until("2026-03-02T10:00:00Z")
    somewhere = world.writes("eve", "hello")
    seen = next(m for m in world.slack.messages("#general", "eve") if m.ts == somewhere)

    assert world.forges("eve", "activity.answer", "1", seen).says("that you are not in")
    assert (
        "Your name is shown" in world.clicks("lee", "Answer", world.newest("#secret", "lee")).shown
    )


def test_only_leads_start_and_everybody_else_is_told_whom_to_ask(world: World) -> None:
    world.lead("lee")
    world.person("ada")

    for line in ("/reflect", "/reflect new"):
        assert world.types("ada", line).says("Only a learning lead can do this. Ask lee.")
    assert world.types("lee", "/reflect dance").says("I did not understand that")


def test_what_is_asked_in_private_is_not_shown_to_leads_who_are_not_there(world: World) -> None:
    world.lead("lee")
    world.lead("mo")
    members = ["U_LEE", "U_BOT"]
    world.slack.control("channel", id="C_SECRET", name="secret", is_private=True, members=members)
    start(world, channel="C_SECRET")

    assert "What did you learn on the ferry?" in world.types("lee", "/reflect").shown
    listing = world.types("mo", "/reflect").shown
    assert "ferry" not in listing
    assert "shown to the lead who started it: this channel is private" in listing
    assert "Nothing is running yet" in world.presses("mo", "End").shown


def test_where_the_bot_is_gone_nobody_is_thanked_for_an_answer(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    start(world)
    world.until("2026-03-02T10:00:00Z")
    world.clicks("ada", "Answer")
    world.slack.control("channel", id="C_GENERAL", remove=["U_BOT"])

    refused = world.fills("ada", text="A lot.")

    assert refused.errors["text"].startswith("I am not in this channel any more")


def test_an_answer_that_never_arrives_is_told_to_its_author(world: World) -> None:
    world.lead("lee")
    world.person("ada")
    start(world)
    world.until("2026-03-02T10:00:00Z")
    world.clicks("ada", "Answer")
    fault = {"method": "chat.postMessage", "kind": "ok_false", "error": "restricted_action"}
    world.slack.control("fault", **fault, where={"channel": "C_GENERAL"})

    world.fills("ada", text="A lot.")

    told = world.slack.dms("ada")[-1]
    assert told.says("Slack did not let me show your answer in <#C_GENERAL>.")
    assert told.says("You get this because you answered a prompt there.")


def test_trouble_is_told_to_somebody_who_is_a_lead_still(world: World) -> None:
    world.lead("lee")
    world.lead("mo")
    start(world)
    world.types("root", "/learning leads")
    world.fills("root", leads=["U_MO"])
    world.slack.control("channel", id="C_GENERAL", is_archived=True)
    world.until("2026-03-02T10:00:00Z")
    world.settle()

    assert world.slack.dms("mo")[-1].says("I could not post in <#C_GENERAL>")
    assert not world.slack.dms("lee")[-1].says("I could not post")


def test_more_than_a_page_of_prompts_can_all_be_managed(world: World) -> None:
    world.lead("lee")
    for hour in range(17):
        start(world, time=f"{hour:02}:30")

    world.types("lee", "/reflect")
    assert "at 16:30" in world.presses("lee", "Show the next 2").shown
    paused = world.presses("lee", "Pause", nth=1).shown
    assert "at 16:30" in paused
    assert "Paused." in paused
    assert "at 00:30" in world.presses("lee", "Back to the first").shown


def test_a_week_is_not_lost_when_a_country_changes_its_time(world: World) -> None:
    world.lead("lee")
    start(world)
    world.moves_due("activity", hours=1)  # as if it had been an hour later by the old rules

    world.until("2026-03-02T12:00:00Z")

    assert len(prompts(world)) == 1
