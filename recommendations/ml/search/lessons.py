"""Queries that a catalogue makes by itself, each with the products that answer it: nobody has to judge them.

Shelves by their names, by what else these are called and in other languages; a shelf with a colour or another
fact; words of titles, words of descriptions; all of it with slips. Where a shop has shelves of the demo's
names, needs that were written by hand for these shelves (`needs.csv`). `disturbed` makes the catalogue as
imperfect as those of real shops: goods on wrong shelves, titles with words that stand for something else.
"""

import csv
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from zlib import crc32

from ecommerce_ai.text_analysis import lexemes_of, words_of
from recommendations.ml.search.parsing import DESCRIBING_KINDS
from recommendations.ml.search.taxonomy import LANGUAGES, rows, taxonomy

FACTS = ("colour", "color", "material", "pattern")
JUDGED_SHARE = 5  # every fifth query, with all that was made of it, judges and is not learned from
NOTHINGS = 60
MISPLACED_SHARE = 0.12
MISLEADING_SHARE = 0.15
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Goods:
    """A product as lessons see it."""

    pk: int
    title: str
    shelf: str
    facts: Mapping[str, str]
    text: str = ""


@dataclass(frozen=True)
class Lesson:
    """A query and the products that answer it. Without `has_words` only its meaning may be used.

    `source` is the query it was made from: all of one source are learned from, or all judge.
    """

    query: str
    answers: frozenset[int]
    kind: str
    source: str
    has_words: bool = True

    @property
    def is_judging(self) -> bool:
        return crc32(self.source.encode()) % JUDGED_SHARE == 0


@dataclass(frozen=True)
class Disturbance:
    """A product as it stands in an imperfect catalogue."""

    pk: int
    title: str
    shelf: str


def disturbed(goods: Sequence[Goods], *, seed: int = 0) -> list[Disturbance]:
    """The products that a careless feed tells wrongly: on another shelf, or with a word that misleads."""
    chance = random.Random(seed)
    shelves = sorted({each.shelf for each in goods if each.shelf})
    describing = [row["en"] for row in rows() if row["kind"] in DESCRIBING_KINDS]
    words = sorted({word for names in describing for word in words_of(names)})
    found = []
    for each in goods:
        draw = chance.random()
        if draw < MISPLACED_SHARE:
            found.append(Disturbance(each.pk, each.title, chance.choice(shelves)))
        elif draw < MISPLACED_SHARE + MISLEADING_SHARE:
            found.append(Disturbance(each.pk, f"{chance.choice(words)}-{each.title}", each.shelf))
    return found


def lessons(goods: Sequence[Goods], *, seed: int = 0) -> list[Lesson]:
    """The same lessons on every call; of each shelf and of every sixth product."""
    chance = random.Random(seed)
    found = [
        *shelf_lessons(goods, chance),
        *title_lessons(goods, chance),
        *text_lessons(goods, chance),
        *need_lessons(goods),
    ]
    slipped = [
        replace(each, query=with_slip(each.query, chance), kind="slip")
        for each in chance.sample(found, len(found) // 8)
    ]
    unworded = [replace(each, has_words=False, kind="unworded") for each in found if chance.random() < 0.15]
    return [*found, *slipped, *unworded, *nothing_lessons(chance)]


def shelf_lessons(goods: Sequence[Goods], chance: random.Random) -> Iterator[Lesson]:
    for shelf in sorted({each.shelf for each in goods if each.shelf}):
        own = [each for each in goods if each.shelf == shelf]
        answers = frozenset(each.pk for each in own)
        names = [name.strip() for name in re.split(r"[&,/]| and ", shelf) if name.strip()]
        for name in names:
            yield Lesson(name, answers, "shelf", name)
            yield from (Lesson(other, answers, "other", other) for other in other_names(name, chance))
            for fact, value in sorted(
                {pair for each in own for pair in each.facts.items() if pair[0] in FACTS}
            )[:4]:
                having = frozenset(each.pk for each in own if each.facts.get(fact) == value)
                yield Lesson(f"{value} {name}", having, "fact", f"{value} {name}")


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
    """What people want, said without naming it: answered by a shelf, or by its goods with such a title."""
    wanted: dict[str, set[int]] = {}
    text = (files("recommendations.ml.search") / "needs.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        words = {word for word in row["titles"].split(";") if word}
        wanted.setdefault(row["query"], set()).update(
            each.pk
            for each in goods
            if each.shelf == row["shelf"] and (not words or any(word in each.title.lower() for word in words))
        )
    for query, answers in wanted.items():
        if answers:
            yield Lesson(query, frozenset(answers), "need", query)


def nothing_lessons(chance: random.Random) -> Iterator[Lesson]:
    """Letters that say nothing, so that nothing should be found."""
    for _ in range(NOTHINGS):
        query = "".join(chance.choices(LETTERS, k=chance.randint(5, 10)))
        yield Lesson(query, frozenset(), "nothing", query)


def text_lessons(goods: Sequence[Goods], chance: random.Random) -> Iterator[Lesson]:
    """Five words of a description, shuffled; answered by all goods that are told in the same words."""
    told: dict[str, set[int]] = {}
    for each in goods:
        told.setdefault(each.text, set()).add(each.pk)
    for text, answers in sorted(told.items()):
        words = [word for word in words_of(text) if len(word) > 4]
        if len(words) >= 8 and chance.random() < 0.4:
            query = " ".join(chance.sample(words, 5))
            yield Lesson(query, frozenset(answers), "text", query)


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
        yield Lesson(query, frozenset(pk for pk, own in stems.items() if wanted <= own), "title", query)


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
