"""The words of a title that a search was found by, marked."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def marked(text: str, words: Iterable[str]) -> SafeString:
    """("Harbour Mug", ["mug"]) → Harbour <mark>Mug</mark>; all else escaped.

    A word is marked whole when it starts with one of `words`; where a script has no spaces, the piece is.
    """
    return wrapped(text, [pattern_of(word) for word in sorted(words, key=len, reverse=True) if word])


def runs_without_spaces(text: str) -> list[str]:
    """("送妈妈 red 围巾") → ["送妈妈", "围巾"]: what was typed together is marked together."""
    return WITHOUT_SPACES.findall(text)


def marked_piece(text: str, typed: str) -> SafeString:
    """("Harbour Mug", "harb") → <mark>Harb</mark>our Mug, wherever the letters stand."""
    return wrapped(text, [re.escape(typed)] if typed else [])


def wrapped(text: str, patterns: list[str]) -> SafeString:
    if not patterns:
        return SafeString(conditional_escape(text))
    pieces = re.split(f"({'|'.join(patterns)})", text, flags=re.IGNORECASE)
    # What the group caught stands at the odd places.
    parts = (
        f"<mark>{conditional_escape(piece)}</mark>" if place % 2 else conditional_escape(piece)
        for place, piece in enumerate(pieces)
    )
    return SafeString("".join(parts))


def pattern_of(word: str) -> str:
    return re.escape(word) if WITHOUT_SPACES.search(word) else rf"\b{re.escape(word)}\w*"
