from marketing.ml.copy_checks import own_words
from marketing.ml.writing.channels import CHANNELS, fits
from marketing.ml.writing.facts_writer import Brief as Order
from marketing.ml.writing.facts_writer import FactsWriter, NothingToSay
from marketing.models import Writer
from marketing.services.writers.base import Assignment, Draft, Written

TRIES = 4  # for each draft, until it is a new one


class FactsCopyWriter:
    """The default: no model, varied, and only what the catalogue says. `seed` decides about every draw."""

    kind: str = Writer.FACTS
    name = "facts"

    def __init__(self, seed: int = 0) -> None:
        self.writer = FactsWriter(seed)

    def write(self, assignment: Assignment, count: int) -> Written:
        drafts: dict[str, Draft] = {}
        problem = ""
        for number in range(count * TRIES):
            if len(drafts) == count or not assignment.goods:
                break
            product, facts = assignment.goods[number % min(len(assignment.goods), count)]
            order = Order(facts, assignment.brief.channel, assignment.language, assignment.brief.tone)
            try:
                copy = self.writer.write(order)
            except NothingToSay as error:
                problem = str(error)
                continue
            parts = with_words(copy.parts, assignment)
            drafts.setdefault("\n".join(parts.values()), Draft(product, facts, parts))
        return Written(list(drafts.values()), "" if drafts else problem)


def with_words(parts: dict[str, str], assignment: Assignment) -> dict[str, str]:
    """With the merchant's own sentences at the end of the longest part that has room for them."""
    words = own_words(assignment.brief.must_say, assignment.language)
    for part in sorted(CHANNELS[assignment.brief.channel], key=lambda part: -part.limit):
        text = parts[part.name]
        gap = "" if assignment.language == "zh-Hans" else " "
        longer = gap.join([text, *(ended(each, assignment.language) for each in words)])
        if words and fits(part, assignment.brief.channel, longer):
            return {**parts, part.name: longer}
    return parts


def ended(sentence: str, language: str) -> str:
    full_stop = "。" if language == "zh-Hans" else "."
    return sentence if sentence[-1] in ".!?。！？" else sentence + full_stop
