"""Names for the strings we are given, so that mypy can tell them apart."""

from typing import NewType

Tenant = NewType("Tenant", str)
"""An installation: the id of a Slack organisation, or of a workspace outside one."""

UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)
"""Any conversation: a channel (C…), a direct message (D…) or a group direct message (G… or C…)."""

Ts = NewType("Ts", str)
"""Slack's name for a message within its conversation: seconds.microseconds, as text."""

Topic = NewType("Topic", str)
"""A subject people learn about, in lower case: `postgres`, `giving feedback`."""

Key = NewType("Key", str)
"""Our name for a delivery: `question/17/U_ADA`. The first part names the feature that owns it."""
