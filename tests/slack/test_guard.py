"""What is let in: only what Slack signed, and not too long ago."""

import hashlib
import hmac

import pytest

from bot.clock import wall_clock
from bot.slack.guard import MAX_BODY, Guard

SECRET = "s3cret"
BODY = b'{"type": "event_callback"}'


def now() -> int:
    return int(wall_clock().timestamp())


def signed(body: bytes = BODY, *, secret: str = SECRET, at: int | str = "") -> dict[str, str]:
    stamp = str(at or now())
    base = b"v0:" + stamp.encode("utf-8", "surrogateescape") + b":" + body
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}


def status(headers: dict[str, str], body: bytes = BODY) -> int | None:
    return Guard(SECRET).refusal(body, headers)


@pytest.mark.parametrize("body", [BODY, b"", "naïve=✓".encode(), b"x" * MAX_BODY])
def test_what_slack_signed_is_let_in(body: bytes) -> None:
    assert status(signed(body), body) is None


def test_s1_another_secret_is_not_slacks() -> None:
    assert status(signed(secret="guessed")) == 401


def test_s1_a_changed_byte_is_not_what_slack_signed() -> None:
    assert status(signed(BODY), BODY + b" ") == 401


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{\x00", b"[" * 100_000, b"\xed\xa0\x80"])
def test_a_forged_body_is_refused_whatever_it_is(body: bytes) -> None:
    assert status(signed(body, secret="guessed"), body) == 401


@pytest.mark.parametrize("left_out", ["x-slack-signature", "x-slack-request-timestamp"])
def test_a_missing_header_is_refused(left_out: str) -> None:
    headers = signed()
    del headers[left_out]
    assert status(headers) == 401


def test_no_headers_at_all_are_refused() -> None:
    assert status({}) == 401


@pytest.mark.parametrize(
    "signature", ["", "v0=", "v0=é", "v0=" + "0" * 64, "v1=abc", "v0=" + "f" * 100_000, "✓"]
)
def test_s1_a_signature_that_is_none_is_refused(signature: str) -> None:
    assert status({**signed(), "x-slack-signature": signature}) == 401


@pytest.mark.parametrize("stamp", ["abc", "1" * 5_000, "-1", "1.5", "٣", "1e9", " ", "0x10"])
def test_s1_a_time_that_is_none_is_refused_however_well_it_is_signed(stamp: str) -> None:
    assert status(signed(at=stamp)) == 401


@pytest.mark.parametrize(
    ("off", "expected"), [(-280, None), (280, None), (-320, 401), (320, 401), (-86_400, 401)]
)
def test_s2_what_is_older_than_five_minutes_is_refused(off: int, expected: int | None) -> None:
    assert status(signed(at=now() + off)) == expected


def test_s3_what_is_too_long_is_refused_before_it_is_looked_at() -> None:
    body = b"x" * (MAX_BODY + 1)
    assert status(signed(body), body) == 413
    assert status({}, body) == 413
