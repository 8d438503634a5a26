"""Which traits a text speaks of: those whose words it says, and those that are close in meaning."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
# A cosine from which on a short text and a label mean the same; long texts stay below it.
LEAST_SIMILARITY = 0.6
MOST_TRAITS = 3


def words(text: str) -> set[str]:
    """Lower-case words without a plural s, so that "mugs" says "mug"."""
    found = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found}


def said(text: str, labels: Sequence[str]) -> list[int]:
    """Places of the labels all of whose words the text says; longer labels first."""
    spoken = words(text)
    hits = [at for at, label in enumerate(labels) if (told := words(label)) and told <= spoken]
    return sorted(hits, key=lambda at: -len(labels[at]))[:MOST_TRAITS]


def meant(similarities: Vectors) -> list[list[int]]:
    """Places of the labels nearest to each text; `similarities` has shape (texts, labels)."""
    nearest = np.argsort(-similarities, axis=1)[:, :MOST_TRAITS]
    return [
        [int(at) for at in places if row[at] >= LEAST_SIMILARITY]
        for row, places in zip(similarities, nearest, strict=True)
    ]
