"""Texts as unit rows of the words and pieces of words in them, weighed by rarity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse

from support.ml.language import detect_language
from support.ml.terms import WEIGHTS, terms_of

COLUMNS = 1 << 15  # terms share columns by their hash: no list of terms has to be kept
# What more texts hold than this tells little and would cost the most: it weighs nothing.
MOST_HOLDERS, FEW_TEXTS = 0.03, 500


@dataclass(frozen=True)
class WordSpace:
    """`rarity`: of each column, from the texts that it was fitted on."""

    rarity: npt.NDArray[np.float32]

    def rows_of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Shape (texts, columns); a text without a word is zeros."""
        return self.weighed(hashed(texts))

    def weighed(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        data = counts.data * self.rarity[counts.indices]
        return unit_rows(sparse.csr_matrix((data, counts.indices, counts.indptr), counts.shape))


def fit_words(texts: Sequence[str]) -> tuple[WordSpace, sparse.csr_matrix]:
    """The space, and the rows of these texts in it."""
    counts = hashed(texts)
    held = np.bincount(counts.indices, minlength=COLUMNS)
    rarity = np.log1p((len(texts) + 1) / (held + 1))
    rarity[held > MOST_HOLDERS * max(len(texts), FEW_TEXTS)] = 0
    space = WordSpace(rarity.astype(np.float32))
    return space, space.weighed(counts)


def hashed(texts: Sequence[str]) -> sparse.csr_matrix:
    """How much of each term is in each text; a term that is there twice counts once and a bit."""
    counted = [amounts(terms_of(text, detect_language(text))) for text in texts]
    lengths = [len(each) for each in counted]
    places = np.fromiter((place for each in counted for place in each), np.int32, sum(lengths))
    values = np.fromiter((value for each in counted for value in each.values()), np.float32, sum(lengths))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return sparse.csr_matrix((values, places, starts), (len(texts), COLUMNS))


def amounts(terms: Mapping[str, int]) -> dict[int, float]:
    """By column; terms that share one add up."""
    found: dict[int, float] = {}
    for term, times in terms.items():
        place = crc32(term.encode()) % COLUMNS
        found[place] = found.get(place, 0.0) + WEIGHTS[term[0]] * (1 + log(times))
    return found


def unit_rows(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """Each row divided by its length; zeros are left out."""
    owners = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    norms = np.sqrt(np.bincount(owners, rows.data * rows.data, minlength=rows.shape[0]))
    data = (rows.data / np.maximum(norms, 1e-9)[owners]).astype(np.float32)
    found = sparse.csr_matrix((data, rows.indices.copy(), rows.indptr.copy()), rows.shape)
    found.eliminate_zeros()
    return found
