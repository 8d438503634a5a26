"""How alike two texts are: the share of their word triples (of Chinese characters) that both have."""

from collections.abc import Collection

from marketing.ml.writing.measures import TOKEN

SHINGLE = 3


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    tokens = TOKEN.findall(text.lower())
    return frozenset(zip(*(tokens[place:] for place in range(SHINGLE)), strict=False)) or frozenset(
        [tuple(tokens)]
    )


def likeness(text: str, others: Collection[frozenset[tuple[str, ...]]]) -> float:
    """Jaccard similarity with the nearest of the others, 0 to 1."""
    own = shingles(text)
    return max((len(own & other) / len(own | other) for other in others), default=0.0)
