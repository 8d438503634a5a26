"""General words for what products are: colours, materials, origins, features, looks, occasions, kinds; en
and zh.

They are language and not data: each concept has its forms in both languages and, where there is one, the
wider
concept that it is a case of (navy is blue). The lists are `words/*.csv`; a shop's facts come from its own
texts.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
FILES = {
    "colour": "colours",
    "material": "materials",
    "origin": "origins",
    "feature": "features",
    "look": "looks",
    "occasion": "occasions",
    "kind": "kinds",
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[a-z0-9à-ÿ]+")
ALONE = {"colour": "色", "material": "质制料"}  # one character says it only before these


@dataclass(frozen=True)
class Concept:
    """`broader` names the wider concept; of kinds it is the Chinese measure word."""

    kind: str
    name: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    broader: str

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.name


@dataclass(frozen=True)
class Named:
    """Where a text names a concept; one place may name several (gold is a colour and a metal)."""

    concept: Concept
    start: int
    end: int


@cache
def concepts(kind: str) -> dict[str, Concept]:
    """All of a kind, by name, in the order of the list."""
    with (FOLDER / f"{FILES[kind]}.csv").open(newline="", encoding="utf-8") as file:
        return {
            row["name"]: Concept(
                kind, row["name"], tuple(row["en"].split("|")), tuple(row["zh"].split("|")), row["broader"]
            )
            for row in csv.DictReader(file)
        }


def named(text: str, kinds: Sequence[str]) -> Iterator[Named]:
    """Concepts of these kinds in order of place, the longest form at each; Chinese and English alike."""
    index = indexed(tuple(kinds))
    yield from longest(english_matches(text, index), index)
    if CHINESE.search(text):
        yield from longest(chinese_matches(text, index), index)


@cache
def indexed(kinds: tuple[str, ...]) -> "Index":
    meant: dict[str, list[Concept]] = defaultdict(list)
    for kind in kinds:
        for concept in concepts(kind).values():
            for form in (*concept.english, *concept.chinese):
                meant[plain(form)].append(concept)
    beginnings: dict[str, list[str]] = defaultdict(list)
    for form in sorted(meant, key=len, reverse=True):
        beginnings[beginning(form)].append(form)
    return Index(dict(meant), dict(beginnings))


@dataclass(frozen=True)
class Index:
    """What each form means, and the forms, longest first, by how they begin."""

    meant: dict[str, list[Concept]]
    beginnings: dict[str, list[str]]


def beginning(form: str) -> str:
    """Its first word; of Chinese its first character."""
    return form[0] if CHINESE.match(form) else (WORD.match(form) or [form])[0]


def english_matches(text: str, index: Index) -> Iterator[tuple[str, int, int]]:
    lowered = text.lower()
    for word in WORD.finditer(lowered):
        for form in index.beginnings.get(word[0], ()):
            if found := spelled(form).match(lowered, word.start()):
                yield form, *found.span()
                break


@cache
def spelled(form: str) -> re.Pattern[str]:
    """Words apart or with hyphens, to the end of the last."""
    return re.compile(r"[\s-]+".join(map(re.escape, form.split())) + r"(?![a-z0-9])")


def chinese_matches(text: str, index: Index) -> Iterator[tuple[str, int, int]]:
    lowered = text.lower()
    for start, character in enumerate(lowered):
        if not CHINESE.match(character):
            continue
        for form in index.beginnings.get(character, ()):
            if lowered.startswith(form, start) and (
                len(form) > 1 or stands_alone(lowered, start, form, index)
            ):
                yield form, start, start + len(form)
                break


def stands_alone(text: str, start: int, form: str, index: Index) -> bool:
    """One character names a colour or a material only before a character that says so: 红色, 木质."""
    return any(
        text[start + 1 : start + 2] in ALONE.get(each.kind, ("-",)) for each in index.meant[form]
    ) and bool(text[start + 1 : start + 2])


def longest(matches: Iterator[tuple[str, int, int]], index: Index) -> Iterator[Named]:
    """Nothing inside what was already named."""
    reached = 0
    for form, start, end in matches:
        if start >= reached:
            reached = end
            for concept in index.meant[form]:
                yield Named(concept, start, end)


def plain(form: str) -> str:
    """A form as it is compared."""
    return re.sub(r"[\s-]+", " ", form.lower())


def is_case_of(narrow: Concept, wide: Concept) -> bool:
    """Whether what is `narrow` is `wide` too: navy is blue, oak is wood."""
    while narrow.name != wide.name and narrow.broader and narrow.kind != "kind":
        narrow = concepts(narrow.kind)[narrow.broader]
    return narrow.key == wide.key
