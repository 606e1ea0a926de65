"""Every button Peerloop shows, by the name Slack sends back when it is pressed."""

from enum import StrEnum


class Action(StrEnum):
    QUESTION_WRITE = "question.write"
    QUESTION_SEND = "question.send"
    QUESTION_SOMEBODY_ELSE = "question.somebody_else"
    QUESTION_NEVER_MIND = "question.never_mind"
    QUESTION_ACCEPT = "question.accept"
    QUESTION_DECLINE = "question.decline"
    QUESTION_NOT_THIS_PERSON = "question.not_this_person"
    QUESTION_IN_CHANNEL = "question.in_channel"
    QUESTION_NAME = "question.name"
    """Ask without one's name, or with it again."""
    QUESTION_ANSWER = "question.answer"
    QUESTION_REFER = "question.refer"
    QUESTION_NOT_MINE = "question.not_mine"
    QUESTION_SOLVE = "question.solve"
    QUESTION_STUCK = "question.stuck"
    QUESTION_ASK_BACK = "question.ask_back"
    QUESTION_TALK = "question.talk"
    QUESTION_WITHDRAW = "question.withdraw"
    QUESTION_REOPEN = "question.reopen"
    QUESTION_JOIN = "question.join"
    """Help with a question that stands in a channel."""
    QUESTION_LINE = "question.line"
    QUESTION_PUBLISH = "question.publish"
    QUESTION_TAKE_BACK = "question.take_back"
    QUESTION_ANSWERED = "question.answered"
    QUESTION_ANSWERED_TOO = "question.answered_too"

    LOOK_BACK_YES = "look_back.yes"
    LOOK_BACK_NOT_YET = "look_back.not_yet"
    LOOK_BACK_NO = "look_back.no"

    CHOICES_EDIT = "choices.edit"
    CHOICES_RESUME = "choices.resume"

    CREDITS_SHOW = "credits.show"
    CREDIT_REMOVE = "credit.remove"

    MENTORING_SIGN_UP = "mentoring.sign_up"
    ROUND_PROPOSE = "round.propose"
    ROUND_PUBLISH = "round.publish"
    ROUND_DISCARD = "round.discard"
    PAIR_END = "pair.end"

    ACTIVITY_NEW = "activity.new"
    ACTIVITY_LIST = "activity.list"
    ACTIVITY_MORE = "activity.more"
    ACTIVITY_PAUSE = "activity.pause"
    ACTIVITY_RESUME = "activity.resume"
    ACTIVITY_END = "activity.end"
    ACTIVITY_ANSWER = "activity.answer"

    LEADS_NAME = "leads.name"
    TOPIC_CHANNELS_EDIT = "topic_channels.edit"
