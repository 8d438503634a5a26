"""Where the sentences of a text are, in English and Chinese."""

import re
from itertools import pairwise

GAP = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])(?=\S)|\n+")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Begin and end of each, with the space that follows it; together they are the text."""
    cuts = [0, *(found.end() for found in GAP.finditer(text)), len(text)]
    return [(begin, end) for begin, end in pairwise(cuts) if begin < end]
