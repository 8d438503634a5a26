"""Which traits a text speaks of: those whose words it says, and those that are close in meaning."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
# A cosine from which on a short text and a label mean the same; long texts stay below it.
LEAST_SIMILARITY = 0.6
MOST_TRAITS = 3
ENCODED = 80


def words(text: str) -> set[str]:
    """Lower-case words without a plural s, so that "mugs" says "mug"."""
    found = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found}


def said(texts: Sequence[str], labels: Sequence[str]) -> list[list[int]]:
    """For each text the places of the labels all of whose words it says; longer labels first."""
    told = sorted(((words(label), at) for at, label in enumerate(labels)), key=lambda one: -len(one[0]))
    hits = []
    for text in texts:
        spoken = words(text)
        hits.append([at for label, at in told if label and label <= spoken][:MOST_TRAITS])
    return hits


def opening(text: str) -> str:
    """What a text is about, it says in its first sentence; more of it takes time to encode."""
    return re.split(r"[.!?\n。！？]", text.strip().casefold(), maxsplit=1)[0][:ENCODED].strip()


def meant(similarities: Vectors) -> list[list[int]]:
    """Places of the labels nearest to each text; `similarities` has shape (texts, labels)."""
    nearest = np.argsort(-similarities, axis=1)[:, :MOST_TRAITS]
    return [
        [int(at) for at in places if row[at] >= LEAST_SIMILARITY]
        for row, places in zip(similarities, nearest, strict=True)
    ]
