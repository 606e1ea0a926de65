"""Every form, by the name Slack sends back when it is submitted."""

from enum import StrEnum


class FormId(StrEnum):
    QUESTION = "form.question"
    CHOICES = "form.choices"
    MENTORING = "form.mentoring"
    ACTIVITY = "form.activity"
    ANSWER = "form.answer"
    LINE = "form.line"
    PUBLISH = "form.publish"
    LEADS = "form.leads"
