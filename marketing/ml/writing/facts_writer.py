"""The writer that needs no model: copy from facts, varied over a batch, and never a claim that is not so."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from marketing.ml.facts import ProductFacts
from marketing.ml.truth import unsupported
from marketing.ml.writing.channels import CHANNELS, Part, fits
from marketing.ml.writing.content import Content, Slots, content_of
from marketing.ml.writing.grammar import Sentence, fitting, sentence

ATTEMPTS = 6  # at a part, before it makes do with one sentence
TRIES = 8  # drawn for each sentence; of those that fit, the one whose skeleton was used least
LANGUAGES = ("en", "zh-Hans")
TONES = ("plain", "warm", "playful")


class NothingToSay(ValueError):
    """No sentence fits the facts and the limit of a part."""


@dataclass(frozen=True)
class Brief:
    """What is to be written: about a product, for a channel, in a language and a tone."""

    product: ProductFacts
    channel: str
    language: str = "en"
    tone: str = "plain"


@dataclass(frozen=True)
class Copy:
    """A text for each part of the channel, with the skeletons of its sentences."""

    brief: Brief
    parts: dict[str, str]
    skeletons: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.parts.values())


@dataclass
class FactsWriter:
    """Writes one brief after another and remembers which skeletons it used.

    `is_checked` may be off only to measure what the checks would have to stop.
    """

    seed: int = 0
    is_checked: bool = True
    used: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)

    def write(self, brief: Brief) -> Copy:
        """Raises NothingToSay."""
        content = content_of(brief.product, brief.language)
        written: dict[str, str] = {}
        skeletons: list[str] = []
        for part in CHANNELS[brief.channel]:
            sentences = self.part(part, brief, content, tuple(written.values()))
            self.used.update(each.skeleton for each in sentences)
            written[part.name] = joined(sentences, brief.language)
            skeletons += [each.skeleton for each in sentences]
        return Copy(brief, written, tuple(skeletons))

    def part(self, part: Part, brief: Brief, content: Content, before: Sequence[str]) -> list[Sentence]:
        """The sentences of the first plan, in random order, that may stand; else one sentence that may."""
        drawn = (
            self.planned(plan.split(), brief, content)
            for _ in range(ATTEMPTS)
            for plan in self.rng.sample(part.plans, len(part.plans))
        )
        for found in itertools.chain(drawn, self.single(part, brief, content)):
            text = joined(found, brief.language)
            if found and text not in before and self.may_stand(part, brief, content, text):
                return found
        raise NothingToSay(f"{brief.channel} {part.name}: {brief.product.title}")

    def may_stand(self, part: Part, brief: Brief, content: Content, text: str) -> bool:
        """Within the limit, with all that the part owes, and nothing that is not so."""
        return (
            fits(part, brief.channel, text)
            and not missing(part.owes, content, text)
            and not (self.is_checked and unsupported(text, brief.product))
        )

    def planned(self, roles: Sequence[str], brief: Brief, content: Content) -> list[Sentence]:
        found: list[Sentence] = []
        for role in with_terms(roles, brief):
            left = content.less(frozenset().union(*(each.spent for each in found)))
            drawn = list(self.drawn(role, brief, left, [each.text for each in found]))
            if drawn:
                found.append(min(drawn, key=lambda each: self.used[each.skeleton]))
        return found

    def drawn(self, role: str, brief: Brief, content: Content, before: Sequence[str]) -> Iterator[Sentence]:
        """Sentences that do not say again what stands before."""
        templates = fitting(role, content, brief.language, brief.tone)
        for _ in range(TRIES if templates else 0):
            found = sentence(self.rng.choice(templates), content, self.rng)
            if not says_again(found.text, before):
                yield found

    def single(self, part: Part, brief: Brief, content: Content) -> Iterator[list[Sentence]]:
        """For a narrow part: all that was drawn in one sentence, the least used first."""
        roles = {plan.split()[-1 if " " not in plan else 0] for plan in part.plans}
        drawn = [
            each
            for role in sorted(roles - {"greeting"})
            for _ in range(ATTEMPTS)
            for each in self.drawn(role, brief, content, ())
        ]
        yield from ([each] for each in sorted(drawn, key=lambda each: self.used[each.skeleton]))


def with_terms(roles: Sequence[str], brief: Brief) -> list[str]:
    """Long texts also say the offer, or else the price, before they part."""
    if len(roles) < 2 or brief.channel == "meta":
        return list(roles)
    terms = "offer" if brief.product.offer else "price"
    place = len(roles) - 1 if roles[-1] == "call" else len(roles)
    return [*roles[:place], terms, *roles[place:]]


def says_again(text: str, before: Sequence[str]) -> bool:
    """Whether four words in a row (or six characters of Chinese) stand before too."""
    said = " ".join(before).lower()
    words = text.lower().rstrip(".!?").split()
    return any(" ".join(words[start : start + 4]) in said for start in range(len(words) - 3))


def joined(sentences: Sequence[Sentence], language: str) -> str:
    return ("" if language == "zh-Hans" else " ").join(each.text for each in sentences)


def missing(owed: Set[str], content: Content, text: str) -> set[str]:
    """What the text should say and does not: the name, whole or short, or what the offer takes off or
    leaves to pay.
    """
    return {each for each in owed if not says_one_of(text, owed_words(each, content.slots))}


def owed_words(owed: str, slots: Slots) -> list[str]:
    if owed == "name":
        return [*slots["name"], *slots.get("short", ())]
    percents = [f"{each}%" for each in slots.get("percent", ())]
    return [*percents, *(f"{each}折" for each in slots.get("fold", ())), *slots.get("now", ())]


def says_one_of(text: str, words: Sequence[str]) -> bool:
    """True where nothing is owed."""
    return not words or any(each in text for each in words)


def batch(briefs: Sequence[Brief], *, seed: int = 0) -> list[Copy]:
    """Copy for all of them by one writer, so that none repeats another's sentences more than it must."""
    writer = FactsWriter(seed)
    return [writer.write(brief) for brief in briefs]
