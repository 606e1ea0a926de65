"""Every button Peerloop shows, by the name Slack sends back when it is pressed."""

from enum import StrEnum


class Action(StrEnum):
    QUESTION_SEND = "question.send"
    QUESTION_SOMEBODY_ELSE = "question.somebody_else"
    QUESTION_NEVER_MIND = "question.never_mind"
    QUESTION_ACCEPT = "question.accept"
    QUESTION_DECLINE = "question.decline"
    QUESTION_SOLVE = "question.solve"
