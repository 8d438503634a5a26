"""How much of an answer's words another text says: the usual measure of reading (SQuAD 1.1)."""

import re
import unicodedata
from collections import Counter

from ecommerce_ai.text_analysis import is_without_spaces

ARTICLES = re.compile(r"\b(?:a|an|the|el|la|los|las|un|una)\b")


def normal_text(text: str) -> str:
    """In small letters, without articles and punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    letters = "".join(" " if unicodedata.category(each).startswith("P") else each for each in folded)
    return " ".join(ARTICLES.sub(" ", letters).split())


def overlap(said: str, wanted: str) -> float:
    """F1 of words; of characters where words are not parted."""
    first, second = (Counter(units(text)) for text in (said, wanted))
    shared = sum((first & second).values())
    return 2 * shared / (sum(first.values()) + sum(second.values())) if shared else 0.0


def units(text: str) -> list[str]:
    words = normal_text(text).split()
    return [part for word in words for part in (list(word) if is_without_spaces(word) else [word])]
