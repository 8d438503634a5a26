"""The needs in a text as structured preferences: the shop's shelves and properties beside the occasion."""

import hashlib
from dataclasses import dataclass

from profiles.ml.needs import Budget, occasion_of
from profiles.ml.readings import MOST_TRAITS, words
from profiles.models import TextReading, Trait

READ_KINDS = (Trait.Kind.CATEGORY, Trait.Kind.ATTRIBUTE, Trait.Kind.COLOUR, Trait.Kind.THEME)


@dataclass(frozen=True)
class Needs:
    """Empty parts were not said. `attributes` are traits too: materials, colours, themes."""

    categories: tuple[Trait, ...]
    attributes: tuple[Trait, ...]
    recipient: str
    occasion: str
    is_gift: bool
    budget: Budget | None


def needs_in(text: str, language: str = "en") -> Needs:
    """Shelves and properties by their names in `language` or as the shop calls them, else by the encoder's
    reading where the text was met before; no model runs here."""
    told, spoken = text.casefold(), words(text)
    traits = list(Trait.objects.filter(kind__in=READ_KINDS))
    said = [trait for trait in traits if any(names(told, spoken, name) for name in called(trait, language))]
    found = sorted(said, key=lambda trait: -len(trait.label)) or read_before(told)
    asked = occasion_of(text)
    shelves = [trait for trait in found if trait.kind == Trait.Kind.CATEGORY]
    others = [trait for trait in found if trait.kind != Trait.Kind.CATEGORY]
    return Needs(
        categories=tuple(shelves[:MOST_TRAITS]),
        attributes=tuple(others[:MOST_TRAITS]),
        recipient=asked.recipient,
        occasion=asked.occasion,
        is_gift=asked.is_gift,
        budget=asked.budget,
    )


def called(trait: Trait, language: str) -> set[str]:
    local = trait.translations.get(language.lower(), {}).get("label", "")
    return {trait.label, local} - {""}


def names(told: str, spoken: set[str], name: str) -> bool:
    """Whether the text says all words of the name; characters, where a script has no words."""
    if not name.isascii():
        return name.casefold() in told
    parts = words(name)
    return bool(parts) and parts <= spoken


def read_before(told: str) -> list[Trait]:
    content_hash = hashlib.md5(told.encode(), usedforsecurity=False).hexdigest()
    reading = TextReading.objects.filter(content_hash=content_hash).first()
    return list(Trait.objects.filter(pk__in=reading.traits)) if reading else []
