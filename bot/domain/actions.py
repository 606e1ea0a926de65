"""Every button Peerloop shows, by the name Slack sends back when it is pressed."""

from enum import StrEnum


class Action(StrEnum):
    QUESTION_WRITE = "question.write"
    QUESTION_SEND = "question.send"
    QUESTION_SOMEBODY_ELSE = "question.somebody_else"
    QUESTION_NEVER_MIND = "question.never_mind"
    QUESTION_ACCEPT = "question.accept"
    QUESTION_DECLINE = "question.decline"
    QUESTION_SOLVE = "question.solve"
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
