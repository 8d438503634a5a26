"""What is good for what: a table of things that people say they need, and the goods that serve it.

A row fires when the query says one of `about` and, where the row asks for it, one of `how`.
"""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ecommerce_ai.text_analysis import lexemes_of

MAX_GOODS = 6
Phrase = frozenset[str]


@dataclass(frozen=True)
class Purpose:
    """`about` and `how` are phrases as sets of stems; without `how` the first is enough."""

    about: tuple[Phrase, ...]
    how: tuple[Phrase, ...]
    goods: tuple[str, ...]

    def is_meant_by(self, lexemes: Collection[str]) -> bool:
        return is_said(self.about, lexemes) and (not self.how or is_said(self.how, lexemes))


def is_said(phrases: tuple[Phrase, ...], lexemes: Collection[str]) -> bool:
    return any(phrase.issubset(lexemes) for phrase in phrases)


def goods_for(lexemes: Collection[str]) -> tuple[str, ...]:
    """English names of what serves the need that these stems tell; none where the table knows none."""
    found = [good for purpose in purposes() if purpose.is_meant_by(lexemes) for good in purpose.goods]
    return tuple(dict.fromkeys(found))[:MAX_GOODS]


@cache
def purposes() -> tuple[Purpose, ...]:
    return tuple(
        Purpose(tuple(phrases(row["about"])), tuple(phrases(row["how"])), tuple(row["goods"].split(";")))
        for row in csv.DictReader(
            (files("recommendations.ml.search") / "purposes.csv").read_text(encoding="utf-8").splitlines()
        )
    )


def phrases(told: str) -> Iterator[Phrase]:
    yield from (stems for phrase in told.split(";") if (stems := frozenset(lexemes_of(phrase, "en"))))
