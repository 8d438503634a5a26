"""What a model is asked, and how its answer becomes the parts of a channel."""

import re
from collections.abc import Mapping, Sequence

from marketing.ml.facts import ProductFacts, stated
from marketing.ml.writing.channels import CHANNELS
from marketing.ml.writing.content import money

LANGUAGE_NAMES = {"en": "English", "zh-Hans": "Simplified Chinese"}
PLACES = {
    "email": "an e-mail", "sms": "a text message", "push": "a push message", "banner": "a banner",
    "search_ad": "a search ad", "description": "a product description", "meta": "a search engine's result",
    "blurb": "a line beside a recommendation", "news": "a news item",
}  # fmt: skip
UNREADABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffd]")
LABEL = re.compile(r"^\s*[*#>-]*\s*\**([a-z0-9 ]+?)\**\s*[:：]\s*\**\s*(.*)$", re.IGNORECASE)


def lesson_prompt(facts: ProductFacts, channel: str, language: str, tone: str) -> str:
    """What a writer that learned the shop's voice was told: short, so that a small model holds it."""
    return f"{channel} {language} {tone}: {facts.title} ({facts.category})\n"


def instruction(facts: ProductFacts, channel: str, language: str, tone: str, must_say: str = "") -> str:
    """For a model that follows instructions: facts, form, and that nothing else may be claimed."""
    parts = CHANNELS[channel]
    form = "\n".join(f"{part.name}: (at most {part.limit} characters)" for part in parts)
    wishes = f"Say this as well: {must_say}\n" if must_say else ""
    return (
        f"Write {PLACES[channel]} for an online shop in {LANGUAGE_NAMES[language]}, in a {tone} tone.\n"
        "Use only the facts below. No other numbers, materials, colours, abilities, superlatives or prices. "
        "Say nothing about the reader.\n"
        f"Facts:\n{fact_lines(facts, language)}\n{wishes}Answer with exactly these lines:\n{form}"
    )


def fact_lines(facts: ProductFacts, language: str) -> str:
    lines = [f"- Name: {facts.title}", f"- Shelf: {facts.category}", *about(facts.description)]
    lines += [f"- {stated(key, value)}" for key, value in facts.attributes.items()]
    if facts.price is not None and facts.offered_price is not None:
        lines.append(f"- Price: {money(facts.offered_price, facts.currency, language)}")
    if facts.offer and facts.offer.percent:
        ends = f" until {facts.offer.ends:%d %B}" if facts.offer.ends else ""
        lines.append(f"- Offer: {facts.offer.percent:f}% off{ends}")
    return "\n".join(line for line in lines if not line.endswith(": "))


def about(description: str) -> list[str]:
    return [f"- {line}" for line in description.splitlines() if line.strip()]


def labelled(parts: Mapping[str, str]) -> str:
    """The parts as lines with their names; the only part of a channel stands alone."""
    if len(parts) == 1:
        return next(iter(parts.values()))
    return "\n".join(f"{name}: {text}" for name, text in parts.items())


def readable(text: str) -> str:
    """Without control characters: models say them, and no database keeps them all."""
    return UNREADABLE.sub("", text).strip()


def parts_of_answer(answer: str, channel: str) -> dict[str, str] | None:
    """None where a part is missing: the answer is not in the asked form."""
    answer = readable(answer)
    names = [part.name for part in CHANNELS[channel]]
    found = labelled_lines(answer, names)
    if len(names) == 1:
        return {names[0]: found.get(names[0], answer)} if answer else None
    return {name: found[name] for name in names} if all(found.get(name) for name in names) else None


def labelled_lines(answer: str, names: Sequence[str]) -> dict[str, str]:
    """What stands after each name, up to the next."""
    found: dict[str, str] = {}
    current = ""
    for line in answer.splitlines():
        label = LABEL.match(line)
        if label and label[1].strip().lower() in names:
            current = label[1].strip().lower()
            found[current] = label[2].strip()
        elif current and line.strip():
            found[current] = f"{found[current]}\n{line.strip()}".strip()
    return found
