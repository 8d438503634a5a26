"""The words of a product, weighted by where they stand, as a Postgres tsvector is written.

Beside its words stand marks that an index alone answers, however common the words are: each word of a title
once more (`in_title`), each whole title (`title_mark`), and each value of an attribute (`value_mark`). No
word starts as they do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import md5

from ecommerce_ai.text_analysis import lexemes_of

MAX_LEXEMES = 1500
MAX_MARKS = 60
MAX_VALUE = 60


@dataclass(frozen=True)
class Told:
    """A product told in one language. `facts` are values of attributes, `kind` those that name what it is."""

    language: str
    title: str
    shelf: str = ""
    facts: str = ""
    text: str = ""


def weighted_words(told: Iterable[Told], values: Iterable[tuple[str, str]] = ()) -> str:
    """'chair':1A 'garden':2B …; each lexeme once, with the best weight: title A, shelf B, facts C, text D.

    `values` are pairs of an attribute and its value.
    """
    weights: dict[str, str] = {}
    told = list(told)
    for each in told:
        for weight, text in zip("ABCD", (each.title, each.shelf, each.facts, each.text), strict=True):
            for lexeme in lexemes_of(text, each.language):
                weights[lexeme] = min(weight, weights.get(lexeme, weight))
    kept = dict(list(weights.items())[:MAX_LEXEMES])
    marks = [
        *(title_mark(each.title) for each in told if each.title),
        *(value_mark(name, value) for name, value in values),
        *(in_title(lexeme) for lexeme, weight in kept.items() if weight == "A"),
    ]
    return " ".join([tsvector(kept), *map(quoted, dict.fromkeys(marks[:MAX_MARKS]))])


def in_title(lexeme: str) -> str:
    """The mark of a product with this word in a title."""
    return f"^{lexeme}"


def title_mark(title: str) -> str:
    """The mark of a product with this very title, in large or small letters."""
    told = " ".join(title.lower().split())
    return f"#{md5(told.encode(), usedforsecurity=False).hexdigest()}"


def value_mark(name: str, value: str) -> str:
    """The mark of a product with this value of an attribute."""
    return f"={name[:MAX_VALUE]}={value[:MAX_VALUE]}"


def tsvector(weights: Mapping[str, str]) -> str:
    return " ".join(
        f"{quoted(lexeme)}:{place}{weight}" for place, (lexeme, weight) in enumerate(weights.items(), start=1)
    )


def quoted(lexeme: str) -> str:
    """As Postgres reads a lexeme, whatever is in it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
