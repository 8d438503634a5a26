"""The words of a product, weighted by where they stand, as a Postgres tsvector is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ecommerce_ai.text_analysis import lexemes_of

MAX_LEXEMES = 1500


@dataclass(frozen=True)
class Told:
    """A product told in one language. `facts` are values of attributes, `kind` those that name what it is."""

    language: str
    title: str
    shelf: str = ""
    facts: str = ""
    text: str = ""


def weighted_words(told: Iterable[Told]) -> str:
    """'chair':1A 'garden':2B …; each lexeme once, with the best weight: title A, shelf B, facts C, text D."""
    weights: dict[str, str] = {}
    for each in told:
        for weight, text in zip("ABCD", (each.title, each.shelf, each.facts, each.text), strict=True):
            for lexeme in lexemes_of(text, each.language):
                weights[lexeme] = min(weight, weights.get(lexeme, weight))
    return tsvector(dict(list(weights.items())[:MAX_LEXEMES]))


def tsvector(weights: Mapping[str, str]) -> str:
    return " ".join(
        f"{quoted(lexeme)}:{place}{weight}" for place, (lexeme, weight) in enumerate(weights.items(), start=1)
    )


def quoted(lexeme: str) -> str:
    """As Postgres reads a lexeme, whatever is in it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
