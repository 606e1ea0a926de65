"""The marks by which we know our own messages again."""

import hashlib
import hmac
from base64 import b32decode

from hypothesis import given
from hypothesis import strategies as st

from bot.keys import mark

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


@given(WORDS, WORDS)
def test_a_mark_is_short_plain_and_always_the_same(secret: str, key: str) -> None:
    first = mark(secret, key)
    assert first == mark(secret, key)
    assert len(first) == 26
    assert set(first) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@given(st.integers(), WORDS, WORDS)
def test_another_key_or_secret_gives_another_mark(number: int, one: str, two: str) -> None:
    secret = f"secret {number}"
    assert (mark(secret, one) == mark(secret, two)) is (one == two)
    assert mark(secret, one) != mark(f"secret {number + 1}", one)


def test_a_mark_is_the_head_of_an_hmac_and_tells_nothing_of_its_key() -> None:
    full = hmac.new(b"secret", b"question/17/U_ADA", hashlib.sha256).digest()
    found = mark("secret", "question/17/U_ADA")
    assert b32decode(found + "======") == full[:16]
    assert "ADA" not in found
