"""What people type, before it is kept."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.text import normalise, shorten

ANYTHING = st.text(st.characters(codec=None), max_size=60)
STACKED = st.text(st.sampled_from("e \u0301\u0308\u0344\u0e47\u0f73\u200d\x00\n"), max_size=40)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  how do I mock time?\n", "how do I mock time?"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("", ""),
        (" \t\n\u00a0\u2003 ", ""),
        ("\u200b \u2060\ufeff\u00ad", ""),
        ("a\u200db", "a\u200db"),
        ("a\x00b", "ab"),
        ("\x1b[31mred\x07", "[31mred"),
        ("one\r\ntwo", "one\ntwo"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("the wrong way round \udca1\ud83d", "the wrong way round \ufffd\ufffd"),
        ("e\u0301", "\u00e9"),
        ("e\x00\u0301", "\u00e9"),
        ("👩‍💻 and 👍🏽 and 1️⃣ and 🇩🇪", "👩‍💻 and 👍🏽 and 1️⃣ and 🇩🇪"),
        ("שלום, עולם", "שלום, עולם"),
        ("\u202eesrever\u202c and \u2066more\u2069", "esrever and more"),
        ("Việt Nam, ẛ̣, नमस्ते, ဗြဲ့", "Việt Nam, \u1e9b\u0323, नमस्ते, ဗြဲ့"),
    ],
)
def test_what_cannot_be_kept_is_left_out(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@pytest.mark.parametrize("mark", ["\u0301", "\u0323", "\u0e47", "\u20dd"])
def test_stacked_marks_are_cut_to_four(mark: str) -> None:
    assert normalise("x" + mark * 50 + "!") == "x" + mark * 4 + "!"


@given(ANYTHING | STACKED)
@example("e\x00\u0301")
def test_normalising_twice_changes_nothing_more(typed: str) -> None:
    once = normalise(typed)
    assert normalise(once) == once


@given(ANYTHING | STACKED)
def test_what_is_kept_fits_both_databases_and_slack(typed: str) -> None:
    kept = normalise(typed)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert not [char for char in kept if unicodedata.category(char) == "Cc" and char not in "\n\t"]
    assert kept == kept.strip()
    assert unicodedata.is_normalized("NFC", kept)


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_shortening_never_exceeds_the_limit(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("ab cd", 4, "ab…"), ("abcd", 1, "…"), ("", 1, "")],
)
def test_shortening_says_that_something_is_missing(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
