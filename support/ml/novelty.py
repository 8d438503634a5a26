"""What the characters of a question say that those before them have not said already.

Pairs of characters overlap: a word of three would count twice a word of two, and a phrase more than both.
By the chain rule three characters say what the first two do and what the third adds; that much is the second
pair's.
"""

from collections.abc import Callable

from ecommerce_ai.text_analysis import is_without_spaces, words_of
from support.ml.terms import PAIR, THREE

Rarity = Callable[[str], float | None]
"""Of a term, before its kind is weighed; None where the index does not hold it."""


def new_shares(question: str, rarity: Rarity) -> dict[str, float]:
    """Of each pair of characters that is known: the share of its rarity that is new, from 0 to 1."""
    found: dict[str, float] = {}
    for run in filter(is_without_spaces, words_of(question)):
        for start in range(len(run) - 1):
            pair = PAIR + run[start : start + 2]
            if whole := rarity(pair):
                added = added_by(run, start, rarity)
                share = 1.0 if added is None else min(max(added / whole, 0.0), 1.0)
                found[pair] = max(found.get(pair, 0.0), share)
    return found


def added_by(run: str, start: int, rarity: Rarity) -> float | None:
    """What the end of a pair adds to the pair before it; None where these three are not known."""
    three = rarity(THREE + run[start - 1 : start + 2]) if start else None
    before = rarity(PAIR + run[start - 1 : start + 1]) if start else None
    return None if three is None or before is None else three - before
