"""What a text has to pass before a person sees it as a candidate: truth, rules, tone, length, and more.

A sentence that fails is taken out and kept with its reason. A text that is no longer whole without it, or
that fails as a whole, is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from marketing.ml.facts import ProductFacts
from marketing.ml.inferences import Inference, inference_in
from marketing.ml.lexicon import CHINESE
from marketing.ml.likeness import likeness, shingles
from marketing.ml.sentences import sentence_spans
from marketing.ml.truth import Judged, judged
from marketing.ml.writing.channels import CHANNELS, Part, fits, length, limit
from marketing.ml.writing.content import content_of
from marketing.ml.writing.facts_writer import missing
from marketing.ml.writing.measures import TOKEN, reading_level

TOO_ALIKE = 0.85  # of the word triples, shared with a text that was approved before
HARDEST = {"en": 12.0, "zh-Hans": 45.0}  # school grade; characters in a sentence
REPEATED = 5  # words in a row (or Chinese characters) that stand twice
SHOUTED = re.compile(r"(?<![\w{])[A-Z]{4,}(?![\w}])")
MARKS = {"plain": 0, "warm": 1, "playful": 3}  # exclamation marks
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")

FIELD = re.compile(r"\{(\w*)\}")
FIELDS = ("first_name",)  # filled in for each recipient


@dataclass(frozen=True)
class Rule:
    """Words that must not stand: `*` for the rest of a word. `kind` is banned, legal or sensitive."""

    phrase: str
    kind: str
    reason: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        words = r"\w*".join(re.escape(each) for each in self.phrase.split("*"))
        is_wide = bool(CHINESE.search(self.phrase))
        return re.compile(words if is_wide else rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """What is wrong: a code, the sentence, the words in it or which rule; of a claim why it does not stand,
    and what is known instead.
    """

    code: str
    text: str = ""
    detail: str = ""
    part: str = ""
    reason: str = ""
    known: str = ""


@dataclass(frozen=True)
class Wanted:
    """What was asked for, and what is known of goods, rules, earlier texts and the reader's consent."""

    product: ProductFacts
    channel: str
    language: str
    tone: str = "plain"
    rules: Sequence[Rule] = ()
    earlier: Sequence[frozenset[tuple[str, ...]]] = ()
    must_say: str = ""
    may_be_personal: bool = False


@dataclass(frozen=True)
class Checked:
    """`claims` lie in `parts`, the texts without what was taken out."""

    parts: dict[str, str]
    claims: list[tuple[str, Judged]]
    removed: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    likeness: float = 0.0

    @property
    def text(self) -> str:
        return "\n".join(self.parts.values())

    @property
    def is_refused(self) -> bool:
        return bool(self.faults)


def check(parts: Mapping[str, str], wanted: Wanted) -> Checked:
    """The parts that stand, with their claims; what was taken out; and why the whole is refused, if it is."""
    removed: list[Fault] = []
    kept: dict[str, str] = {}
    for name, text in parts.items():
        kept[name], out = without_faults(text, name, wanted)
        removed += out
    return as_whole(kept, wanted, removed)


def check_as_is(parts: Mapping[str, str], wanted: Wanted) -> Checked:
    """A person's own words: nothing is taken out, so a sentence that fails refuses the whole."""
    failed = [fault for name, text in parts.items() for fault in without_faults(text, name, wanted)[1]]
    found = as_whole({name: text.strip() for name, text in parts.items()}, wanted, [])
    return replace(found, faults=[*failed, *found.faults])


def as_whole(parts: dict[str, str], wanted: Wanted, removed: list[Fault]) -> Checked:
    text = "\n".join(parts.values())
    alike = likeness(text, wanted.earlier) if text.strip() else 0.0
    claims = [(name, each) for name, part in parts.items() for each in judged(part, wanted.product)]
    return Checked(parts, claims, removed, [*faults_of_whole(parts, wanted, alike, removed)], alike)


def without_faults(text: str, part: str, wanted: Wanted) -> tuple[str, list[Fault]]:
    """The sentences that may stand, and for the others why not."""
    text = text.strip()
    left, out = "", []
    for begin, end in sentence_spans(text):
        sentence = text[begin:end]
        if fault := next(faults_of_sentence(sentence.strip(), wanted), None):
            out.append(replace(fault, text=sentence.strip(), part=part))
        else:
            left += sentence
    return left.strip(), out


def faults_of_sentence(sentence: str, wanted: Wanted) -> Iterator[Fault]:
    inference = inference_in(sentence)
    if inference is Inference.SENSITIVE:
        yield Fault("sensitive")
    if inference is Inference.PERSONAL and not wanted.may_be_personal:
        yield Fault("personal")
    for rule in wanted.rules:
        if found := rule.pattern.search(sentence):
            yield Fault(rule.kind, detail=f"{found[0]}: {rule.reason}".rstrip(": "))
    for each in judged(sentence, wanted.product):
        if each.reason is not None:
            known = each.fact.claim.text if each.fact else ""
            yield Fault("unproved", detail=each.claim.text, reason=each.reason, known=known)


def faults_of_whole(
    parts: Mapping[str, str], wanted: Wanted, alike: float, removed: Sequence[Fault]
) -> Iterator[Fault]:
    for part in CHANNELS[wanted.channel]:
        yield from faults_of_part(part, parts.get(part.name, ""), wanted, removed)
    text = "\n".join(parts.values())
    if text.strip():
        yield from faults_of_style(text, wanted)
    if alike >= TOO_ALIKE:
        yield Fault("too_alike", detail=f"{alike:.0%}")
    for words in own_words(wanted.must_say, wanted.language):
        if words.lower().rstrip(".。") not in text.lower():
            yield Fault("must_say", detail=words)


def faults_of_part(part: Part, text: str, wanted: Wanted, removed: Sequence[Fault]) -> Iterator[Fault]:
    if not text:
        lost = next((each for each in removed if each.part == part.name), None)
        yield replace(lost, code="nothing_left") if lost else Fault("empty", part=part.name)
        return
    if not fits(part, wanted.channel, text):
        detail = f"{length(part, text)} > {limit(part, wanted.channel, text)}"
        yield Fault("too_long", detail=detail, part=part.name)
    if unknown := next((each for each in FIELD.findall(text) if each not in FIELDS), ""):
        yield Fault("unknown_field", detail=unknown, part=part.name)
    if again := repeated(text, wanted.product.title):
        yield Fault("repeats", detail=again, part=part.name)
    content = content_of(wanted.product, wanted.language)
    for owed in sorted(missing(part.owes, content, text)):
        yield Fault(f"no_{owed}", part=part.name)


def faults_of_style(text: str, wanted: Wanted) -> Iterator[Fault]:
    own = f"{wanted.product.title} {wanted.product.brand} {wanted.product.description} {wanted.must_say}"
    offer = wanted.product.offer
    known = f"{own} {offer.code if offer else ''} {wanted.product.currency}"
    if loud := next((each for each in SHOUTED.findall(text) if each not in known), ""):
        yield Fault("shouting", detail=loud)
    marks = len(re.findall(r"[!！]", text))
    if marks > MARKS[wanted.tone] or (wanted.tone == "plain" and EMOJI.search(text)):
        yield Fault("tone")
    if TOKEN.search(text) and (level := reading_level(text)) > HARDEST[wanted.language]:
        yield Fault("hard_to_read", detail=f"{level:.0f}")


def own_words(must_say: str, language: str) -> list[str]:
    """The merchant's sentences, divided by semicolons, that are in the language of the text."""
    found = (each.strip() for each in re.split("[;；]", must_say))
    return [each for each in found if each and bool(CHINESE.search(each)) == (language == "zh-Hans")]


def repeated(text: str, name: str) -> str:
    """Words in a row that stand twice; the name of the goods counts as one."""
    tokens = TOKEN.findall(text.lower().replace(name.lower(), "name"))
    runs = Counter(zip(*(tokens[place:] for place in range(REPEATED)), strict=False))
    return next((" ".join(run) for run, count in runs.items() if count > 1), "")


__all__ = ["Checked", "Fault", "Rule", "Wanted", "check", "shingles"]
