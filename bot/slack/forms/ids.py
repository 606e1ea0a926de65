"""Every form, by the name Slack sends back when it is submitted."""

from enum import StrEnum


class FormId(StrEnum):
    QUESTION = "form.question"
    RELAY = "form.relay"
    REFER = "form.refer"
    WHO_HELPED = "form.who_helped"
    CHOICES = "form.choices"
    MENTORING = "form.mentoring"
    ACTIVITY = "form.activity"
    ANSWER = "form.answer"
    LINE = "form.line"
    PUBLISH = "form.publish"
    LEADS = "form.leads"
    TOPIC_CHANNELS = "form.topic_channels"
