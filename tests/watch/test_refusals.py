"""Requests that are refused: each is counted, and the log is told once in a while."""

import pytest

from bot.watch.metrics import Metrics
from bot.watch.refusals import REST_SECONDS, Refusals


def test_each_is_counted_and_the_first_of_a_minute_told(caplog: pytest.LogCaptureFixture) -> None:
    now = [100.0]
    metrics = Metrics(database="sqlite")
    refused = Refusals(metrics, monotonic=lambda: now[0])
    for status in (401, 401, 413, 401):
        refused(status)
    now[0] += REST_SECONDS
    refused(401)
    refused(401)
    page = metrics.page().decode()
    for status, times in ((401, 5), (408, 0), (413, 1)):
        assert f'peerloop_requests_refused_total{{status="{status}"}} {times}.0' in page
    lines = [record.msg for record in caplog.records]
    assert all(isinstance(line, dict) and line["level"] == "warning" for line in lines)
    assert [(line["status"], line["times"]) for line in lines if isinstance(line, dict)] == [
        (401, 1),
        (413, 1),
        (401, 3),
    ]
    assert "check SLACK_SIGNING_SECRET and the clock" in str(lines[0])
