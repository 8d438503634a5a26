"""Words as they are compared: without endings and without words that say nothing by themselves; Chinese by
characters.
"""

import re

WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[\u4e00-\u9fff]", re.IGNORECASE)
ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|ed|ing|y|e)$")
SMALL = (
    "a an the and or of for to in on with by from at as is are it its this that these those "
    "your you our we be will "
    "can any every each all both into than then so more very just any up out off one their them they"
)
PLAIN = frozenset(SMALL.split())


def stem(word: str) -> str:
    lowered = word.lower()
    return ENDING.sub("", ENDING.sub("", lowered)) if lowered.isascii() else lowered


def stems(text: str) -> frozenset[str]:
    """Of the words that carry meaning."""
    return frozenset(stem(word) for word in WORD.findall(text) if word.lower() not in PLAIN)
