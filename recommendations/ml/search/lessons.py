"""Queries that a catalogue makes by itself, each with the products that answer it: nobody has to judge them.

Shelves by their names, by what else these are called and in other languages; a shelf with a colour or another
fact; words of titles; all of it with slips. Where a shop has shelves of the demo's names, needs that were
written by hand for these shelves (`needs.csv`).
"""

import csv
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from recommendations.ml.search.analysis import lexemes_of, words_of
from recommendations.ml.search.taxonomy import LANGUAGES, rows, taxonomy

FACTS = ("colour", "color", "material", "pattern")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Goods:
    """A product as lessons see it."""

    pk: int
    title: str
    shelf: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Lesson:
    """A query and the products that answer it. Without `has_words` only its meaning may be used."""

    query: str
    answers: frozenset[int]
    has_words: bool = True


def lessons(goods: Sequence[Goods], *, seed: int = 0) -> list[Lesson]:
    """The same lessons on every call; of each shelf and of every sixth product."""
    chance = random.Random(seed)
    found = [*shelf_lessons(goods, chance), *title_lessons(goods, chance), *need_lessons(goods)]
    slipped = [
        Lesson(with_slip(each.query, chance), each.answers) for each in chance.sample(found, len(found) // 6)
    ]
    unworded = [Lesson(each.query, each.answers, has_words=False) for each in found if chance.random() < 0.2]
    return [*found, *slipped, *unworded]


def shelf_lessons(goods: Sequence[Goods], chance: random.Random) -> Iterator[Lesson]:
    for shelf in sorted({each.shelf for each in goods if each.shelf}):
        own = [each for each in goods if each.shelf == shelf]
        answers = frozenset(each.pk for each in own)
        names = [name.strip() for name in re.split(r"[&,/]| and ", shelf) if name.strip()]
        for name in names:
            yield Lesson(name, answers)
            yield from (Lesson(other, answers) for other in other_names(name, chance))
            for fact, value in sorted(
                {pair for each in own for pair in each.facts.items() if pair[0] in FACTS}
            )[:4]:
                having = frozenset(each.pk for each in own if each.facts.get(fact) == value)
                yield Lesson(f"{value} {name}", having)


def other_names(name: str, chance: random.Random) -> list[str]:
    """What the taxonomy calls it, in any language: a few of each."""
    words = words_of(name)
    meant = {meaning.names[0] for gloss in taxonomy().glosses(words, "en") for meaning in gloss.meanings}
    found = []
    for row in rows():
        english = row["en"].split(";")
        if english[0] in meant and row["kind"] == "good" and "/" not in row["en"]:
            found += chance.sample(english, min(2, len(english)))
            found += [chance.choice(row[language].split(";")) for language in chance.sample(LANGUAGES[1:], 2)]
    return [each for each in found if each.lower() != name.lower()]


def need_lessons(goods: Sequence[Goods]) -> Iterator[Lesson]:
    """What people want, said without naming it."""
    shelves: dict[str, set[str]] = {}
    text = (files("recommendations.ml.search") / "needs.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        shelves.setdefault(row["query"], set()).add(row["shelf"])
    for query, names in shelves.items():
        if answers := frozenset(each.pk for each in goods if each.shelf in names):
            yield Lesson(query, answers)


def title_lessons(goods: Sequence[Goods], chance: random.Random) -> Iterator[Lesson]:
    """Two words of a title find the products that have both in theirs."""
    stems = {each.pk: set(lexemes_of(each.title, "en")) for each in goods}
    for each in goods[::6]:
        words = [word for word in words_of(each.title) if len(word) > 2]
        if len(words) < 2:
            continue
        first, second = sorted(chance.sample(range(len(words)), 2))
        query = f"{words[first]} {words[second]}"
        wanted = set(lexemes_of(query, "en"))
        yield Lesson(query, frozenset(pk for pk, own in stems.items() if wanted <= own))


def with_slip(query: str, chance: random.Random) -> str:
    """One letter of the longest word left out, doubled, exchanged or swapped with the next."""
    words = query.split()
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    word, place = words[longest], chance.randrange(1, max(len(words[longest]) - 1, 2))
    slips = (
        word[:place] + word[place + 1 :],
        word[:place] + word[place : place + 1] + word[place:],
        word[:place] + chance.choice(LETTERS) + word[place + 1 :],
        word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :],
    )
    words[longest] = chance.choice(slips)
    return " ".join(words)
