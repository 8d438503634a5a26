"""Texts as unit rows of the words and pieces of words in them, weighed by rarity."""

from collections.abc import Sequence
from dataclasses import dataclass
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
        return unit_rows(sparse.csr_matrix(counts.multiply(self.rarity)))


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
    rows, places, values = [], [], []
    for row, text in enumerate(texts):
        for term, times in terms_of(text, detect_language(text)).items():
            rows.append(row)
            places.append(crc32(term.encode()) % COLUMNS)
            values.append(WEIGHTS[term[0]] * (1 + np.log(times)))
    return sparse.csr_matrix((np.array(values, np.float32), (rows, places)), (len(texts), COLUMNS))


def unit_rows(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    found = sparse.csr_matrix(sparse.diags_array(1 / np.maximum(norms, 1e-9)).astype(np.float32) @ rows)
    found.eliminate_zeros()
    return found
