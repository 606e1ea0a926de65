"""Lets in only what Slack signed, judged on the raw bytes before anything is parsed."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.signature import SignatureVerifier

STAMP = "x-slack-request-timestamp"
SIGNATURE = "x-slack-signature"

MAX_BODY = 1_000_000
"""Bytes. Slack's own requests stay far below."""


Headers = Mapping[str, str]
"""Lower-case names; a header that came several times has all its values, joined by commas."""


@dataclass(frozen=True, slots=True)
class Guard:
    signing_secret: str

    def refusal_of_headers(self, headers: Headers) -> int | None:
        """The same as `refusal`, as far as can be told before the body is read."""
        length = headers.get("content-length", "")
        if length.isascii() and length.isdigit() and (len(length) > 9 or int(length) > MAX_BODY):
            return 413
        return None if _is_sane(headers) else 401

    def refusal(self, body: bytes, headers: Headers) -> int | None:
        """The status with which to refuse; None if the request is Slack's."""
        if len(body) > MAX_BODY:
            return 413
        if not _is_sane(headers):
            return 401
        verifier = SignatureVerifier(self.signing_secret)
        try:
            is_valid = verifier.is_valid(body, headers[STAMP], headers[SIGNATURE])
        except UnicodeDecodeError:  # Slack sends UTF-8
            return 401
        return None if is_valid else 401


def _is_sane(headers: Headers) -> bool:
    stamp, signature = headers.get(STAMP, ""), headers.get(SIGNATURE, "")
    is_time = stamp.isascii() and stamp.isdigit() and len(stamp) < 12
    return is_time and signature.isascii() and signature.startswith("v0=")
