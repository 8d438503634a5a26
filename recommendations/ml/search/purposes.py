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

    def words_meant(self, lexemes: Collection[str]) -> int:
        """How many of the stems it accounts for; 0 where it is not meant."""
        about, how = said(self.about, lexemes), said(self.how, lexemes)
        return len(about | how) if about and (how or not self.how) else 0


def said(phrases: tuple[Phrase, ...], lexemes: Collection[str]) -> set[str]:
    """The stems of those of the phrases that are said whole."""
    return {stem for phrase in phrases if phrase.issubset(lexemes) for stem in phrase}


def goods_for(lexemes: Collection[str]) -> tuple[str, ...]:
    """English names of what serves the need that these stems tell; none where the table knows none.

    Those of the rows that account for most of it first.
    """
    meant = [(purpose.words_meant(lexemes), purpose) for purpose in purposes()]
    fired = sorted((each for each in meant if each[0]), key=lambda each: -each[0])
    return tuple(dict.fromkeys(good for _words, purpose in fired for good in purpose.goods))[:MAX_GOODS]


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
