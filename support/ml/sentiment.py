"""Whether what a buyer wrote is praise or complaint: a linear model on words, learned from stars.

What a title says is counted once more, apart: buyers put their verdict there.
"""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import expit

from support.ml.language import detect_language
from support.ml.terms import PIECE, terms_of
from support.ml.wordspace import unit_rows

Floats = npt.NDArray[np.float32]
COLUMNS = 1 << 17  # terms share columns by their hash: no list of terms has to be kept
TITLE = "T"


@dataclass(frozen=True)
class Opinion:
    """What somebody wrote; either part may be empty."""

    title: str
    body: str

    def __bool__(self) -> bool:
        return bool((self.title + self.body).strip())


@dataclass(frozen=True)
class SentimentModel:
    """`rarity` and `weights` are of columns; `slope` and `level` make log odds of what they add up to."""

    rarity: Floats
    weights: Floats
    slope: float
    level: float
    threshold: float

    def complaints(self, opinions: Sequence[Opinion]) -> Floats:
        """The chance of each to be of somebody who is not content; called a complaint from `threshold` up."""
        scores = unit_rows(sparse.csr_matrix(counted(opinions).multiply(self.rarity))) @ self.weights
        return np.asarray(expit(self.slope * scores + self.level), np.float32)

    def to_bytes(self) -> bytes:
        """An npz file."""
        content = io.BytesIO()
        np.savez_compressed(content, **{each.name: getattr(self, each.name) for each in fields(self)})
        return content.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "SentimentModel":
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            numbers = {name: float(kept[name]) for name in ("slope", "level", "threshold")}
            return cls(rarity=kept["rarity"], weights=kept["weights"], **numbers)


def counted(opinions: Sequence[Opinion]) -> sparse.csr_matrix:
    """How much of each term is in each opinion; shape (opinions, columns)."""
    rows, places, values = [], [], []
    for row, opinion in enumerate(opinions):
        for term, times in terms_in(opinion).items():
            rows.append(row)
            places.append(crc32(term.encode()) % COLUMNS)
            values.append(1 + np.log(times))
    return sparse.csr_matrix((np.array(values, np.float32), (rows, places)), (len(opinions), COLUMNS))


def terms_in(opinion: Opinion) -> Counter[str]:
    """Function words stay: "not", "but" and "would" say much here. Pieces of words do not."""
    language = detect_language(f"{opinion.title} {opinion.body}")
    title, body = terms_of(opinion.title, language), terms_of(opinion.body, language)
    title.update({TITLE + term: times for term, times in title.items()})
    return Counter({term: times for term, times in (title + body).items() if term.lstrip(TITLE)[0] != PIECE})
