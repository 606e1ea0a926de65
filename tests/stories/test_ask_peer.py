"""Taking a question to the colleague most likely to help, from the command to *Solved*."""

from tests.stories.scenes import QUESTION, asks, card, newest
from tests.world import World


def test_the_asker_sees_whom_and_why_before_anything_is_sent(world: World) -> None:
    world.person("ada", knows=("postgres", "sql"))
    world.person("cy")

    preview = world.types("cy", f"/ask-peer {QUESTION}")

    assert preview.says("<@U_ADA> lists postgres among their topics")
    assert preview.says("Nothing has been sent yet.")
    assert world.slack.dms("ada") == []


def test_a_question_reaches_the_colleague_the_asker_agreed_to(world: World) -> None:
    asks(world, "ada")

    [card] = world.slack.dms("ada")
    assert card.says(f"<@U_CY> asks:\n&gt; {QUESTION}")
    assert card.says("Why you: you list postgres among your topics")
    assert card.says("No questions for a while: `/learning pause`")
    assert list(card.buttons) == [
        "I can help",
        "Answer here",
        "Not now",
        "Someone else knows better",
        "Don't ask me about this",
    ]


def test_the_asker_always_knows_what_happens_next(world: World) -> None:
    asks(world, "ada")

    [status] = world.slack.dms("cy")
    assert status.says("I have asked <@U_ADA> and wait for an answer until <!date^")
    assert status.says("If they cannot, I ask the next person who may help.")


def test_somebody_else_shows_the_next_and_never_tells_the_first(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("bo", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")

    preview = world.clicks("cy", "Somebody else")
    world.clicks("cy", "Ask")

    assert preview.says("<@U_BO> lists postgres")
    assert newest(world, "bo").says(QUESTION)
    assert world.slack.dms("ada") == []


def test_when_everybody_was_passed_over_the_asker_is_told(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")

    answer = world.clicks("cy", "Somebody else")

    assert answer.says("nobody else I know of who could help")
    assert answer.says(QUESTION)  # nothing that was typed is lost


def test_never_mind_asks_nobody(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")

    assert world.clicks("cy", "Never mind").says("Nobody was asked")

    world.later(hours=30)
    assert world.slack.dms("ada") == []


def test_a_yes_opens_a_thread_in_the_group_message_of_the_two(world: World) -> None:
    asks(world, "ada")

    thanks = world.clicks("ada", "I can help")

    assert thanks.says("I am opening a conversation for you and <@U_CY>.")
    [card] = world.slack.group("ada", "cy")
    assert card.says(QUESTION)
    assert card.says("Please talk about it in the thread of this message.")
    assert newest(world, "ada").says("You said yes")
    assert list(newest(world, "ada").buttons) == ["Hand over"]
    assert newest(world, "cy").says("<@U_ADA> said yes")


def test_solved_thanks_the_helper_and_writes_one_exchange(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")

    world.clicks("cy", "Solved")

    root, thanks = world.slack.group("ada", "cy")
    assert root.says("Solved")
    assert root.buttons == {}
    assert thanks.thread_ts == root.ts
    assert thanks.says("<@U_ADA>, thank you: <@U_CY> has what they needed.")
    [exchange] = world.ledger()
    assert (exchange.learner, exchange.peer) == ("U_CY", "U_ADA")
    assert (exchange.activity, exchange.topics) == ("ask", ("postgres",))
    assert (exchange.channel, exchange.ts) == (root.channel, root.ts)


def test_only_the_asker_can_say_that_it_is_solved(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")

    assert world.clicks("ada", "Solved").says("Only the person who asked")

    assert world.ledger() == []


def test_solved_twice_is_solved_once(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")
    [card] = world.slack.group("ada", "cy")
    world.clicks("cy", "Solved", card)

    again = world.forges("cy", "question.solve", "1", card)

    assert again.says("already solved")
    assert len(world.ledger()) == 1
    assert len(world.slack.group("ada", "cy")) == 2


def test_past_help_speaks_for_somebody_the_next_time(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "Not now")
    world.clicks("bo", "I can help")
    world.clicks("cy", "Solved")
    world.person("dee")

    preview = world.types("dee", "/ask-peer postgres again")

    assert preview.says("<@U_BO> lists postgres among their topics · helped once with postgres")
    assert preview.says("asked once this week")


def test_not_now_goes_to_the_next_without_asking_anybody_twice(world: World) -> None:
    asks(world, "ada", "bo")

    answer = world.clicks("ada", "Not now")

    assert answer.says("No problem")
    assert newest(world, "ada").says("You said not now")
    assert newest(world, "bo").says(QUESTION)
    status = newest(world, "cy")
    assert status.says("<@U_ADA> cannot take it on right now. I have asked <@U_BO>")


def test_a_question_moves_on_when_nobody_answers_for_four_working_hours(world: World) -> None:
    asks(world, "ada", "bo")

    world.later(hours=3, minutes=59)
    assert world.slack.dms("bo") == []
    world.later(minutes=2)

    assert newest(world, "bo").says(QUESTION)
    assert newest(world, "ada").says("has moved on. No harm done.")
    assert newest(world, "ada").buttons == {}
    assert newest(world, "cy").says("<@U_ADA> has not had a moment to answer.")


def test_the_four_hours_are_counted_in_the_working_hours_of_the_peer(world: World) -> None:
    world.person("ada", knows=("postgres",), tz="America/New_York")  # it is four in the morning
    world.person("bo", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")

    world.until("2026-03-02T17:59:00Z")  # 12:59 in New York
    assert world.slack.dms("bo") == []
    world.until("2026-03-02T18:01:00Z")

    assert newest(world, "bo").says(QUESTION)


def test_the_weekend_does_not_count(world: World) -> None:
    world.until("2026-03-06T16:00:00Z")  # Friday, an hour before the end of work
    asks(world, "ada", "bo")

    world.until("2026-03-09T11:59:00Z")  # Monday: one hour on Friday, and not yet three today
    assert world.slack.dms("bo") == []
    world.until("2026-03-09T12:01:00Z")

    assert newest(world, "bo").says(QUESTION)


def test_in_the_end_the_asker_is_told_plainly(world: World) -> None:
    asks(world, "ada", "bo")
    world.clicks("ada", "Not now")

    world.clicks("bo", "Not now")

    status, end = world.slack.dms("cy")
    assert status.says("Closed without a solution")
    assert end.says("I could not find anybody this time")
    assert end.says("That says nothing about your question;")
    assert end.says(QUESTION)


def test_a_late_yes_is_told_what_happened_instead(world: World) -> None:
    asks(world, "ada", "bo")
    [card] = world.slack.dms("ada")
    world.later(hours=5)

    answer = world.forges("ada", "question.accept", "1", card)

    assert answer.says("has moved on in the meantime")
    assert world.slack.group("ada", "cy") == []


def test_whoever_is_deactivated_is_passed_over(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("bo", knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    world.changes("ada", deleted=True)

    answer = world.clicks("cy", "Ask")

    assert answer.says("<@U_ADA> cannot be asked any more. <@U_BO> lists postgres")


def test_a_colleague_who_cannot_be_reached_is_passed_over(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("bo", knows=("postgres",))
    world.person("cy")
    world.slack.control(
        "fault",
        method="conversations.open",
        kind="ok_false",
        error="user_disabled",
        where={"users": "U_ADA"},
    )
    world.types("cy", f"/ask-peer {QUESTION}")

    world.clicks("cy", "Ask")

    assert newest(world, "bo").says(QUESTION)
    assert newest(world, "cy").says("<@U_ADA> could not be reached. I have asked <@U_BO>")


def test_nobody_is_asked_more_often_than_they_like(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.types("ada", "/learning limit 1")
    asks(world)
    world.person("dee")

    answer = world.types("dee", "/ask-peer postgres, too")

    assert answer.says("I have nobody to ask")
    world.later(hours=24 * 7)
    assert world.types("dee", "/ask-peer postgres, at last").says("<@U_ADA> lists postgres")


def test_the_less_burdened_comes_first(world: World) -> None:
    asks(world, "ada", "bo")
    world.person("dee")

    preview = world.types("dee", "/ask-peer postgres, too")

    assert preview.says("<@U_BO> lists postgres among their topics · not asked yet this week")


def test_whoever_paused_is_left_alone_until_they_resume(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.types("ada", "/learning pause")

    assert world.types("cy", "/ask-peer postgres?").says("I have nobody to ask")

    world.types("ada", "/learning resume")
    assert world.types("cy", "/ask-peer postgres!").says("<@U_ADA>")


def test_a_double_click_is_one_question(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")

    for _ in range(2):
        world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")
    again = world.types("cy", f"/ask-peer {QUESTION}")

    assert again.says("already on its way")
    assert len(world.slack.dms("ada")) == 1


def test_a_question_without_words_is_refused_with_a_hint(world: World) -> None:
    world.person("cy")

    assert world.types("cy", "/ask-peer \u202e").says("Please write your question.")


def test_a_question_that_is_too_long_is_refused_and_says_so(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")

    answer = world.types("cy", "/ask-peer postgres " + "x" * 2_000)

    assert answer.says("2,009 characters; 2,000 is the most")
    assert world.slack.dms("ada") == []


def test_the_longest_question_arrives_whole(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    text = "postgres " + "<&>" * 663 + "!"

    world.types("cy", f"/ask-peer {text}")
    world.clicks("cy", "Ask")

    [card] = world.slack.dms("ada")
    [quote] = [b for b in card.raw["blocks"] if b["type"] == "rich_text"]
    assert quote["elements"][0]["elements"][0]["text"] == text


def test_what_somebody_typed_mentions_nobody(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")

    world.types("cy", "/ask-peer postgres <!channel> <@U_ADA> & <https://evil|good>")
    world.clicks("cy", "Ask")

    [card] = world.slack.dms("ada")
    assert card.says("&lt;!channel&gt; &lt;@U_ADA&gt; &amp; &lt;https://evil|good&gt;")


def test_a_question_without_a_known_topic_is_not_kept(world: World) -> None:
    world.person("cy")

    answer = world.types("cy", "/ask-peer how do I juggle?")

    assert answer.says("I know of nobody with a topic that your question names")
    assert answer.says("how do I juggle?")
    world.later(hours=48)
    assert world.slack.dms("cy") == []


def test_guests_are_left_out(world: World) -> None:
    world.person("gus", is_restricted=True)

    assert world.types("gus", "/ask-peer postgres?").says("for full members of this workspace")
    assert world.types("gus", "/learning topics postgres").says("for full members")


def test_a_question_survives_a_restart(world: World) -> None:
    asks(world, "ada", "bo")

    world.restart()
    world.later(hours=5)

    assert newest(world, "bo").says(QUESTION)
    assert len(world.slack.dms("ada")) == 1


def test_the_words_of_a_closed_question_are_dropped_after_a_month(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "I can help")
    world.clicks("cy", "Solved")

    world.later(hours=24 * 31)
    world.cleans_up()

    question = world.look(lambda work: work.questions.get(1))
    assert question
    assert question.text == ""
    assert question.topics == {"postgres"}


def test_somebody_else_pressed_twice_passes_over_nobody_unseen(world: World) -> None:
    for expert in ("ada", "bo", "dan"):
        world.person(expert, knows=("postgres",))
    world.person("cy")
    world.types("cy", f"/ask-peer {QUESTION}")
    [first] = [m for m in world.slack.messages("#general", "cy") if "Ask" in m.buttons]

    for _ in range(2):
        shown = world.forges("cy", "question.somebody_else", "1/U_ADA", first)

    assert shown.says("<@U_BO> lists postgres")


def test_when_those_who_know_are_not_free_the_asker_is_told_just_that(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.types("ada", "/learning pause")
    world.person("cy")

    answer = world.types("cy", f"/ask-peer {QUESTION}")

    assert answer.says("Nobody I know of for postgres can be asked just now.")


def test_whoever_pauses_before_it_reached_them_is_not_sent_the_question(world: World) -> None:
    for expert in ("ada", "bo"):
        world.person(expert, knows=("postgres",))
    world.person("cy")
    her = {"users": "U_ADA"}
    world.slack.control(
        "fault", method="conversations.open", kind="429", retry_after=600, where=her
    )
    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")
    world.types("ada", "/learning pause")

    world.later(minutes=15)

    assert world.slack.dms("ada") == []
    assert newest(world, "bo").says(QUESTION)


def test_for_somebody_who_left_nobody_else_is_asked(world: World) -> None:
    asks(world, "ada", "bo")
    world.changes("cy", deleted=True)

    assert newest(world, "ada").says("This question was taken back")
    world.later(hours=24)

    assert world.slack.dms("bo") == []


def test_without_a_conversation_the_two_can_still_meet_and_close(world: World) -> None:
    asks(world, "ada")
    world.slack.control("scopes", revoke=["mpim:write"])

    world.clicks("ada", "I can help")

    assert newest(world, "ada").says("please write to them yourself")
    assert newest(world, "cy").says("<@U_ADA> said yes, but Slack did not let me open")
    world.clicks("cy", "Solved")
    assert [exchange.peer for exchange in world.ledger()] == ["U_ADA"]
    assert card(world, "ada", "You helped").buttons == {}


def test_a_delivery_that_cannot_be_read_does_not_hold_up_the_others(world: World) -> None:
    world.person("ada", knows=("postgres",))
    world.person("cy")
    world.writes_unreadable_delivery("U_ADA")

    world.types("cy", f"/ask-peer {QUESTION}")
    world.clicks("cy", "Ask")

    assert newest(world, "ada").says(QUESTION)


def test_the_first_event_after_a_start_counts_even_if_slack_is_unwell(world: World) -> None:
    world.person("ada")
    world.person("bo")
    ts = world.writes("ada", "ANALYZE after the bulk load.")
    world.restart()
    world.slack.control("fault", method="auth.test", kind="500")

    world.reacts("bo", ts)

    assert len(world.ledger()) == 1


def test_a_no_is_remembered_for_a_while(world: World) -> None:
    asks(world, "ada")
    world.clicks("ada", "Not now")

    assert world.types("cy", "/ask-peer postgres, once more").says("can be asked just now")

    world.later(hours=24 * 7 + 1)
    assert world.types("cy", "/ask-peer postgres, at last").says("<@U_ADA> lists postgres")


def test_a_question_moves_on_at_once_from_somebody_who_leaves(world: World) -> None:
    asks(world, "ada", "bo")

    world.changes("ada", deleted=True)

    assert newest(world, "bo").says(QUESTION)
    assert newest(world, "cy").says("<@U_ADA> could not be reached.")


def test_of_two_topics_that_overlap_the_longer_finds_its_expert(world: World) -> None:
    world.person("hal", knows=("feedback",))
    world.person("tess", knows=("giving feedback",))
    world.person("cy")

    preview = world.types("cy", "/ask-peer giving feedback to a junior, how?")

    assert preview.says("<@U_TESS> lists giving feedback")
