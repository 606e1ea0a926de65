"""Which documents hold a term, in memory: BM25 over hashed words, cheap to extend."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PACKED = np.dtype([("term", "<i8"), ("times", "u1")])
"""A sketch as it is stored: nine bytes for each term."""

K1, B = 1.2, 0.75
MOST_TERMS = 32
MOST_POSTINGS = 50_000
"""So many entries are read for a question, the rarest terms first: what bounds the cost."""
MERGED_FROM = 1_000
"""New documents before they are merged into the sorted part, at least; or an eighth of it."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: the best documents, the score of every one, who holds which term."""

    best: Ints
    scores: Floats
    holders: Mapping[int, Ints]
    """By term, the rarest first; each in order."""

    def who_holds(self, term: int) -> list[bool]:
        """For each of the best, whether it holds the term."""
        docs = self.holders[term]
        places = np.minimum(np.searchsorted(docs, self.best), docs.size - 1)
        held: list[bool] = (docs[places] == self.best).tolist()
        return held


def pack(terms: Mapping[int, int]) -> bytes:
    rows = sorted((term, min(times, 255)) for term, times in terms.items())
    return np.array(rows, dtype=PACKED).tobytes()


class Postings:
    """Documents are numbered in the order they were added."""

    def __init__(self) -> None:
        self._lengths = array("f")
        self._total = 0.0
        self._terms: Ints = np.empty(0, np.int64)
        self._starts: Ints = np.zeros(1, np.int64)
        self._docs: NDArray[np.int32] = np.empty(0, np.int32)
        self._times: NDArray[np.uint8] = np.empty(0, np.uint8)
        self._merged = 0
        self._tail: dict[int, tuple[array[int], array[int]]] = {}

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def size(self) -> int:
        """Bytes held, about."""
        merged = (self._terms, self._starts, self._docs, self._times)
        return sum(part.nbytes for part in merged) + 4 * len(self._lengths) + 300 * len(self._tail)

    def extend(self, packed: Sequence[bytes]) -> None:
        """Add documents; many at once are sorted at once."""
        first = len(self)
        rows = np.frombuffer(b"".join(packed), PACKED)
        sizes = [len(each) // PACKED.itemsize for each in packed]
        docs = np.repeat(np.arange(first, first + len(packed), dtype=np.int32), sizes)
        lengths = np.bincount(docs - first, rows["times"], minlength=len(packed))
        self._lengths.extend(lengths.tolist())
        self._total += float(lengths.sum())
        if len(self) - self._merged > max(MERGED_FROM, self._merged // 8):
            self._merge(rows, docs)
        else:
            self._append(rows, docs)

    def search(self, terms: Iterable[int], *, top: int) -> Hits:
        """The `top` documents by BM25; equal ones in the order they were added."""
        scores = np.zeros(len(self))
        found = sorted(
            (docs.size, term, docs, times) for term in set(terms) for docs, times in self._of(term)
        )
        holders: dict[int, Ints] = {}
        read = 0
        for size, term, docs, times in found[:MOST_TERMS]:
            if holders and read + size > MOST_POSTINGS:
                break
            read += size
            scores[docs] += self._worth(docs, times)
            holders[term] = docs
        return Hits(_best(scores, top), scores, holders)

    def _worth(self, docs: Ints, times: Floats) -> Floats:
        idf = np.log1p((len(self) - docs.size + 0.5) / (docs.size + 0.5))
        lengths = np.frombuffer(self._lengths, np.float32)[docs]
        norm = K1 * (1 - B + B * lengths * len(self) / (self._total or 1))
        return np.asarray(idf * times * (K1 + 1) / (times + norm), np.float64)

    def _of(self, term: int) -> Iterable[tuple[Ints, Floats]]:
        """Its documents and how often each holds it, if any does."""
        docs, times = self._in_merged(term)
        if term in self._tail:
            newer = self._tail[term]
            docs = np.concatenate([docs, np.array(newer[0], np.int64)])
            times = np.concatenate([times, np.array(newer[1], np.float64)])
        return [(docs, times)] if docs.size else []

    def _in_merged(self, term: int) -> tuple[Ints, Floats]:
        at = int(np.searchsorted(self._terms, term))
        if at == self._terms.size or self._terms[at] != term:
            return np.empty(0, np.int64), np.empty(0)
        span = slice(self._starts[at], self._starts[at + 1])
        return self._docs[span].astype(np.int64), self._times[span].astype(np.float64)

    def _append(self, rows: NDArray[Any], docs: NDArray[np.int32]) -> None:
        for term, times, doc in zip(
            rows["term"].tolist(), rows["times"].tolist(), docs.tolist(), strict=True
        ):
            entry = self._tail.setdefault(term, (array("i"), array("B")))
            entry[0].append(doc)
            entry[1].append(times)

    def _merge(self, rows: NDArray[Any], docs: NDArray[np.int32]) -> None:
        """Sort everything by term, the documents of each in order."""
        tail = [(term, *entry) for term, entry in self._tail.items()]
        sizes = np.diff(self._starts)
        terms = [np.repeat(self._terms, sizes)]
        terms += [np.full(len(entry), term, np.int64) for term, entry, _ in tail]
        everything = np.concatenate([*terms, rows["term"]])
        newer = [np.array(entry, np.int32) for _, entry, _ in tail]
        all_docs = np.concatenate([self._docs, *newer, docs])
        times = [np.array(entry, np.uint8) for _, _, entry in tail]
        all_times = np.concatenate([self._times, *times, rows["times"]])
        order = np.argsort(everything, kind="stable")
        self._terms, starts = np.unique(everything[order], return_index=True)
        self._starts = np.append(starts, order.size).astype(np.int64)
        self._docs, self._times = all_docs[order], all_times[order]
        self._tail.clear()
        self._merged = len(self)


def _best(scores: Floats, top: int) -> Ints:
    """The highest, equal ones by their numbers; those without a score are none."""
    touched = np.flatnonzero(scores)
    found = scores[touched]
    if touched.size > top:
        is_high = found >= np.partition(found, -top)[-top]
        touched, found = touched[is_high], found[is_high]
    return np.asarray(touched[np.argsort(-found, kind="stable")[:top]], np.int64)
