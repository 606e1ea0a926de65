"""Which texts are like a question: the same however they were added."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import postings
from bot.domain.postings import K1, B, Postings, pack

DOCS = st.lists(
    st.dictionaries(st.integers(-5, 5), st.integers(1, 300), max_size=6), min_size=1, max_size=12
)


def by_hand(docs: list[dict[int, int]], terms: set[int]) -> list[float]:
    """BM25 as it stands in the books."""
    capped = [{term: min(times, 255) for term, times in doc.items()} for doc in docs]
    mean = sum(sum(doc.values()) for doc in capped) / len(docs) or 1
    scores = [0.0] * len(docs)
    for term in terms:
        holders = [doc for doc in capped if term in doc]
        idf = log(1 + (len(docs) - len(holders) + 0.5) / (len(holders) + 0.5))
        for number, doc in enumerate(capped):
            norm = K1 * (1 - B + B * sum(doc.values()) / mean)
            scores[number] += idf * doc.get(term, 0) * (K1 + 1) / (doc.get(term, 0) + norm)
    return scores


@given(DOCS, st.sets(st.integers(-5, 5)), st.integers(0, 12), st.booleans())
def test_scores_are_those_of_bm25_whatever_was_merged(
    docs: list[dict[int, int]], terms: set[int], first: int, merges: bool
) -> None:
    held = Postings()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "MERGED_FROM", 0 if merges else 99)
        held.extend([pack(doc) for doc in docs[:first]])
        for doc in docs[first:]:
            held.extend([pack(doc)])
    hits = held.search(terms, top=99)
    assert hits.scores.tolist() == pytest.approx(by_hand(docs, terms), rel=1e-4)
    assert set(hits.best.tolist()) == {n for n, doc in enumerate(docs) if terms & doc.keys()}
    for term, holders in hits.holders.items():
        assert holders.tolist() == [n for n, doc in enumerate(docs) if term in doc]
        assert hits.who_holds(term) == [term in docs[n] for n in hits.best.tolist()]


@given(DOCS, st.integers(1, 3))
def test_the_best_come_first_and_equal_ones_in_order(docs: list[dict[int, int]], top: int) -> None:
    held = Postings()
    held.extend([pack(doc) for doc in docs])
    whole, some = held.search([1, 2], top=99), held.search([1, 2], top=top)
    keys = [(-whole.scores[n], n) for n in whole.best.tolist()]
    assert keys == sorted(keys)
    assert some.best.tolist() == whole.best.tolist()[:top]


def test_common_terms_are_left_unread_once_much_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Postings()
    held.extend([pack({1: 1, 2: 1} if n == 7 else {1: 1}) for n in range(20)])
    monkeypatch.setattr(postings, "MOST_POSTINGS", 5)
    assert held.search([1, 2], top=9).best.tolist() == [7]
    assert held.search([1], top=3).best.tolist() == [0, 1, 2]


def test_nothing_is_like_a_question_without_known_words() -> None:
    held = Postings()
    assert held.search([1], top=9).best.size == 0
    held.extend([pack({})])
    assert held.search([1], top=9).best.size == 0
    assert len(held) == 1
