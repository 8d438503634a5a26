"""What questions and sentences are compared by: stems, pieces of words, neighbours."""

from collections import Counter
from functools import lru_cache

from ecommerce_ai.text_analysis import is_without_spaces, lexeme_of, without_accents, words_of

# The mark that keeps kinds of terms apart, and how much each counts. A word's four-letter pieces find other
# forms and compounds; neighbours tell "return of a gift" from "gift of a return". Function words stay:
# without them "how many" and "the … of" find less.
STEM, PIECE, NEIGHBOURS, CHARACTER, PAIR, THREE = "=~+123"
WEIGHTS = {STEM: 1.0, PIECE: 1.0, NEIGHBOURS: 0.5, CHARACTER: 0.7, PAIR: 1.0, THREE: 0.15}
PIECE_LETTERS = 4
# Chinese characters that build sentences and name nothing; what holds one is no term.
FUNCTION_CHARACTERS = frozenset("的了是在和与及或被把对从到于以将为之其该这那吗呢吧请什么怎哪谁几多少何如")


def terms_of(text: str, language: str) -> Counter[str]:
    """How often each term stands in a sentence."""
    found: Counter[str] = Counter()
    before = ""
    for word in words_of(text):
        if is_without_spaces(word):
            found.update(terms_of_run(word))
            before = ""
            continue
        stem = lexeme_of(word, language)
        found.update((STEM + stem, *pieces(word)))
        if before:
            found[f"{NEIGHBOURS}{before} {stem}"] += 1
        before = stem
    return found


@lru_cache(maxsize=100_000)
def pieces(word: str) -> tuple[str, ...]:
    padded = f"_{without_accents(word)}_"
    last = max(len(padded) - PIECE_LETTERS, 0)
    return tuple(PIECE + padded[start : start + PIECE_LETTERS] for start in range(last + 1))


def terms_of_run(run: str) -> list[str]:
    """Of a script without spaces: single characters, pairs and threes."""
    return [
        f"{length}{gram}"
        for length in (1, 2, 3)
        for start in range(len(run) - length + 1)
        if FUNCTION_CHARACTERS.isdisjoint(gram := run[start : start + length])
    ]
