"""What a text claims: numbers, sizes, materials, colours, origins, features, superlatives, prices, offers,
dates, stock.

A claim keeps its place in the text. The same reading makes facts of a product's own texts, so a claim and
the fact that it is linked to are found by one code.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from marketing.ml import quantities
from marketing.ml.ability_patterns import DENIAL, INCLUDED, NO_ABILITY, OPEN, WITHIN
from marketing.ml.lexicon import CHINESE, Concept, named
from marketing.ml.offers import OFFER_READERS
from marketing.ml.stems import stems

CLAIMED = ("colour", "material", "origin", "feature")
READ_KEPT = 2048  # a sentence is read when it is written, and when all of them are checked
NOUNS = 3  # words after a number that may say what it counts


class Kind(StrEnum):
    """What a claim is about."""

    NUMBER = "number"
    SIZE = "size"
    COLOUR = "colour"
    MATERIAL = "material"
    ORIGIN = "origin"
    FEATURE = "feature"
    SUPERLATIVE = "superlative"
    PRICE = "price"
    OLD_PRICE = "old price"
    DISCOUNT = "discount"
    DATE = "date"
    STOCK = "stock"


@dataclass(frozen=True)
class Claim:
    """`start` and `end` are characters of the text. A number is in its measure's base unit, money in its
    currency.
    """

    kind: Kind
    start: int
    end: int
    text: str
    concept: Concept | None = None
    number: Decimal | None = None
    unit: str = ""
    words: frozenset[str] = frozenset()
    is_denied: bool = False


Reader = Callable[[str], Iterator[Claim]]

SUPERLATIVE = re.compile(
    r"(?<!at )(?<!\w)(?:(?:the |our |your )?(?:best|finest|greatest|most \w+|least \w+|\w{3,}iest|"
    r"(?:light|soft|strong|warm|cheap|fast|high|low|long|short|smart|quiet|tough|hard|bright|deep|rich|fresh|"
    r"sharp|"
    r"thin|larg|wid|saf|nic|cool|smooth|clean|great|new|old|small|tall|quick|slimm|bigg|fitt|pur|rar|"
    r"tast)est)(?!\w)"
    r"|world[’']?s?[- ](?:class|best|leading|first|famous|only)|number one|no\.? ?1\b|#1|"
    r"unrivall?ed|unbeatable|"
    r"unmatched|unsurpassed|unparalleled|second to none|the only|one of a kind|one-of-a-kind|"
    r"award[- ]winning|limited[- ]edition|(?:\w+er|(?:more|less) \w+) than (?:any\w*|all|every\w*|others?|"
    r"ever|most|elsewhere|"
    r"the (?:rest|others?|competition|market)|competitors|rivals|you[’']ll find)|"
    r"(?:nobody|no ?one|nothing|none|no (?:other )?\w+) (?:else )?(?:can |could |will )?(?:beats?|"
    r"match(?:es)?|compares?|"
    r"(?:is|are) (?:cheaper|better)|"
    r"comes? close|rivals?|undercuts?)|beats? (?:any|every|all|this|our|that|the (?:rest|competition))|"
    r"(?:can[’']t|cannot|can not|won[’']t|never) be (?:beat(?:en)?|matched|rivall?ed|topped|equall?ed)|"
    r"(?:won[’']t|will not|cannot|can[’']t|never) (?:find|get|buy|see) (?:\w+ ){0,3}(?:cheaper|better|"
    r"for less)|"
    r"best[- ]?selling|top[- ](?:rated|selling)|market[- ]leading|industry[- ]leading|perfect in every)",
    re.IGNORECASE,
)
CHINESE_SUPERLATIVE = re.compile(
    r"最(?!后|近|终|多可|少要)[\u4e00-\u9fff]{1,2}|第一(?!次|时间|眼|步|天|口)|唯一|顶级|顶尖|极品|独一无二|"
    r"全网|"
    r"世界级|国家级|无与伦比|无可比拟|销量冠军|销冠|绝无仅有|王牌|至尊|史上|史低|历史低|领先|获奖|首屈一指|"
    r"限量|"
    r"空前|"
    r"比(?:别|其[他它]|同[行类]|市[面场价]|任何|一般|普通|谁|所有|哪|竞|对手|网上|专柜|"
    r"门店)[\u4e00-\u9fff]{0,8}|"
    r"(?:低|优|好|强|胜|高|超|便宜)[于过](?:同[行类]|别家|其[他它]|市[面场价]|所有|任何)|没有(?:更|"
    r"哪)[\u4e00-\u9fff]{1,4}|无人能[及敌比]|秒杀"
)
NUMBER = re.compile(
    rf"({quantities.ENGLISH})(?:\s*|-)?({quantities.UNIT_FORMS})?(?![\w])((?:[\s-]+[a-z’']+){{0,{NOUNS}}})",
    re.IGNORECASE,
)
CHINESE_NUMBER = re.compile(
    rf"({quantities.CHINESE})\s*({quantities.UNIT_FORMS}|[{quantities.MEASURE_WORDS}])"
)
SIZE = re.compile(
    r"(?<!\w)(?:in |fits )?sizes? (?P<en>[smlx]{1,4}|\d{1,2}(?:\.5)?)(?!\w)|"
    r"(?P<zh>(?:均|[smlx]{1,4}|\d{2}(?:\.5)?))码",
    re.IGNORECASE,
)


@lru_cache(maxsize=READ_KEPT)
def claims_in(text: str) -> tuple[Claim, ...]:
    """In order of place. What one reader took, a later one does not read again as a mere number."""
    found: list[Claim] = [
        Claim(
            Kind(each.kind),
            each.start,
            each.end,
            text[each.start : each.end],
            number=each.number,
            unit=each.unit,
        )
        for reader in OFFER_READERS
        for each in reader(text)
    ]
    found = without_overlap(found)
    for reader in (superlatives, sizes, numbers):
        found += [claim for claim in reader(text) if not is_taken(claim, found)]
    concepts = [claim for claim in concepts_of(text) if not is_taken(claim, found, but=Kind.NUMBER)]
    open_ones = [claim for claim in abilities(text) if not is_named(claim, concepts)]
    return tuple(sorted([*found, *concepts, *open_ones], key=lambda claim: (claim.start, claim.end)))


def without_overlap(claims: list[Claim]) -> list[Claim]:
    """Of two that overlap, the one that was read first."""
    kept: list[Claim] = []
    for claim in claims:
        if not is_taken(claim, kept):
            kept.append(claim)
    return kept


def is_taken(claim: Claim, found: list[Claim], but: Kind | None = None) -> bool:
    return any(
        claim.start < other.end and other.start < claim.end and other.kind is not but for other in found
    )


def is_named(claim: Claim, concepts: list[Claim]) -> bool:
    """Whether the lists already say all of it; what a text says is inside or made of may be more than they
    name.
    """
    return " " not in claim.text.strip() and is_taken(claim, concepts)


def superlatives(text: str) -> Iterator[Claim]:
    for pattern in (SUPERLATIVE, CHINESE_SUPERLATIVE):
        for found in pattern.finditer(text):
            yield Claim(Kind.SUPERLATIVE, *found.span(), found[0], words=stems(found[0]))


def sizes(text: str) -> Iterator[Claim]:
    for found in SIZE.finditer(text):
        yield Claim(Kind.SIZE, *found.span(), found[0], unit=(found["en"] or found["zh"]).upper())


def numbers(text: str) -> Iterator[Claim]:
    """Measures and counts; the words after a count say what is counted."""
    for found in NUMBER.finditer(text):
        yield counted(found, found[3] or "")
    if CHINESE.search(text):
        for found in CHINESE_NUMBER.finditer(text):
            yield counted(found, "")
    for found in quantities.ONE.finditer(text):
        quantity = quantities.single(found)
        yield Claim(Kind.NUMBER, *found.span(), found[0], number=quantity.number, unit=quantity.measure)


def counted(found: re.Match[str], nouns: str) -> Claim:
    quantity = quantities.quantity_of(found[1], found[2] or "")
    claim = Claim(
        Kind.NUMBER, found.start(), found.end(2) if found[2] else found.end(1), "", number=quantity.number
    )
    text = found.string[claim.start : claim.end]
    return replace(claim, text=text, unit=quantity.measure, words=stems(nouns))


def concepts_of(text: str) -> Iterator[Claim]:
    for found in named(text, CLAIMED):
        claim = Claim(
            Kind(found.concept.kind), found.start, found.end, text[found.start : found.end], found.concept
        )
        yield replace(claim, is_denied=is_denied(text, found.start))


def abilities(text: str) -> Iterator[Claim]:
    """Features outside the lists: "crush-proof", "防弹"; and what the text says is inside or made of."""
    for pattern in OPEN:
        for found in pattern.finditer(text):
            if found[0].lower() not in NO_ABILITY:
                what = "what" if "what" in pattern.groupindex else 0
                claim = Claim(
                    Kind.FEATURE, found.start(what), found.end(what), found[what], words=stems(found[what])
                )
                yield replace(claim, is_denied=is_denied(text, found.start()) or turns_round(found))


def turns_round(found: re.Match[str]) -> bool:
    """ "Battery not included": the word stands within."""
    return found.re is INCLUDED and bool(WITHIN.search(found[0]))


def is_denied(text: str, start: int) -> bool:
    """Whether a word right before turns it round: "not waterproof", "不防水"."""
    return bool(DENIAL.search(text[max(0, start - 16) : start]))
