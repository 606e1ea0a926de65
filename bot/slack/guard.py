"""Lets in only what Slack signed, judged on the raw bytes before anything is parsed."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.signature import SignatureVerifier

MAX_BODY = 1_000_000
"""Bytes. Slack's own requests stay far below."""


@dataclass(frozen=True, slots=True)
class Guard:
    signing_secret: str

    def refusal(self, body: bytes, headers: Mapping[str, str]) -> int | None:
        """The status with which to refuse; None if the request is Slack's."""
        if len(body) > MAX_BODY:
            return 413
        stamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        is_sane = stamp.isascii() and stamp.isdigit() and len(stamp) < 12 and signature.isascii()
        if not is_sane:
            return 401
        verifier = SignatureVerifier(self.signing_secret)
        try:
            return None if verifier.is_valid(body, stamp, signature) else 401
        except UnicodeDecodeError:  # Slack sends UTF-8
            return 401
