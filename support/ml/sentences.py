"""Where sentences begin and end, in scripts with spaces and without."""

import re

END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[^\s])|(?<=[。！？])(?=[^\s])|\n+")
ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|approx|no|nr|st|mr|mrs|dr|vs|etc)|\b[A-Z])\.$", re.IGNORECASE)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, without the white space around it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in END.finditer(text):
        if "\n" not in gap[0] and ABBREVIATION.search(text[start : gap.start()]):
            continue
        spans.append((start, gap.start()))
        start = gap.end()
    spans.append((start, len(text)))
    return [trimmed(text, *span) for span in spans if text[slice(*span)].strip()]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
