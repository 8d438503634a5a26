"""What a text claims: numbers, sizes, materials, colours, origins, features, superlatives, prices, offers,
dates, stock.

A claim keeps its place in the text. The same reading makes facts of a product's own texts, so a claim and
the fact
that it is linked to are found by one code.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from marketing.ml import quantities
from marketing.ml.lexicon import CHINESE, Concept, named
from marketing.ml.offers import OFFER_READERS
from marketing.ml.stems import stems

CLAIMED = ("colour", "material", "origin", "feature")
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
    r"(?:light|soft|strong|warm|cheap|fast|high|low|long|short|smart|quiet|tough|hard|bright|deep|rich|fresh|sharp|"
    r"thin|larg|wid|saf|nic|cool|smooth|clean|great|new|old|small|tall|quick|slimm|bigg|fitt|pur|rar|tast)est)(?!\w)"
    r"|world[’']?s?[- ](?:class|best|leading|first|famous|only)|number one|no\.? ?1\b|#1|"
    r"unrivall?ed|unbeatable|"
    r"unmatched|unsurpassed|unparalleled|second to none|the only|one of a kind|one-of-a-kind|"
    r"award[- ]winning|"
    r"best[- ]?selling|top[- ](?:rated|selling)|market[- ]leading|industry[- ]leading|perfect in every)",
    re.IGNORECASE,
)
CHINESE_SUPERLATIVE = re.compile(
    r"最(?!后|近|终|多可|少要)[\u4e00-\u9fff]{1,2}|第一(?!次|时间|眼|步|天|口)|唯一|顶级|顶尖|极品|独一无二|全网|"
    r"世界级|国家级|无与伦比|无可比拟|销量冠军|销冠|绝无仅有|王牌|至尊|史上|领先|获奖|首屈一指|空前"
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
ABLE = re.compile(
    r"(?<!\w)(?:\w+[- ](?:proof|resistant|repellent|free|safe|friendly|certified|approved|"
    r"compatible|activated|"
    r"powered|controlled|cancell?ing)|\w{3,}(?:able|ible))(?!\w)",
    re.IGNORECASE,
)
PRAISE = (  # words of praise and plain words that end as abilities do
    "comfortable adorable remarkable unforgettable enjoyable affordable reliable memorable "
    "valuable suitable available "
    "notable fashionable desirable enviable irresistible incredible table cable vegetable "
    "able versatile delectable "
    "impeccable charitable sociable lovable likable approachable dependable noticeable "
    "visible possible terrible "
    "edible sensible flexible responsible accessible stable capable unmistakable undeniable "
    "unbeatable inevitable "
    "hospitable respectable admirable agreeable formidable considerable reasonable "
    "unbelievable guilt-free carefree "
    "hassle-free worry-free stress-free user-friendly family-friendly"
)
NO_ABILITY = frozenset(PRAISE.split())
CARRIES = re.compile(
    r"(?<!\w)(?:comes? with|includes?|including|equipped with|compatible with|works? with|"
    r"supports?|doubles? as|"
    r"made (?:of|from|with|in)|crafted (?:of|from|with|in)|woven from|carved from|forged from|"
    r"with (?:a |an )?(?:built-in|integrated|included|extra|spare|free)|"
    r"(?:safe|suitable|approved|tested|certified|rated|recommended|proven|free|immune) (?:for|"
    r"from|to|in|by|against))"
    r"\s+(?P<what>[^.,;:!?—()\n\u3000-\u9fff，。]{3,60})",
    re.IGNORECASE,
)
DOES = re.compile(  # what things do, of which a shop has to be sure; up to the end of the statement
    r"(?<!\w)(?:(?:blocks?|repels?|resists?|withstands?|protects?|shields?|prevents?|reduces?|relieves?|eases?|cures?|"
    r"heals?|treats|boosts?|improves?|increases?|lowers?|kills?|removes?|filters?|purif(?:y|ies)|cools?|heats?|"
    r"dries|absorbs?|seals?|locks?|folds?|collapses?|extends?|rotates?|swivels?|tilts?|reclines?|converts?|connects?|"
    r"syncs?|tracks?|monitors?|measures?|records?|streams?|charges?|recharges?|lasts?(?! \d)|"
    r"stays?|floats?|glows?|"
    r"cancels?|muffles?|holds?|stores?|fits|regulates?|ships|arrives|assembled?|assembles?) |never |anti-)"
    r"[^.,;:!?—()\n\u3000-\u9fff，。]{3,60}",
    re.IGNORECASE,
)
INCLUDED = re.compile(r"(?<!\w)(?:[\w-]+ ){1,3}(?:included|guarantee|certificate)(?!\w)", re.IGNORECASE)
CHINESE_ABLE = re.compile(
    r"防(?!止)[\u4e00-\u9fff]{1,2}|抗(?!议)[\u4e00-\u9fff]{1,2}|耐(?![心看烦人])[\u4e00-\u9fff]{1,2}|"
    r"(?<![不难避])免(?![得不])[\u4e00-\u9fff]{1,3}|"
    r"可(?![以爱能靠谓口见选惜是贵不观心信人])[\u4e00-\u9fff]{1,5}|"
    r"可以(?!随时|备|试|看|考虑|放心|说|选|去|来|给|送|作为|直接|在)[\u4e00-\u9fff]{2}|"
    r"能够?(?=[防抗减缓治降充折伸洗拆吸连测监杀除保])[\u4e00-\u9fff]{2,4}|自动[\u4e00-\u9fff]{2}|"
    r"不(?:沾|粘|掉|褪|变形|起球|添加|生锈|钝|伤)[\u4e00-\u9fff]{0,4}|永不[\u4e00-\u9fff]{2}|"
    r"无[线糖味毒尘铅氟痕磷]|不含(?![糊蓄])[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{2}认证|[终两三五]\w?[身年]质保|"
    r"(?:[\u4e00-\u9fff]医|医生|专家|协会|官方|明星|教授)推荐|由[\u4e00-\u9fff]{1,6}制成|"
    r"(?:缓解|治疗|治愈|改善|增强|降低|预防|去除|杀灭|净化|过滤|监测|同步|隔绝)[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{2}测试"
)
CHINESE_CARRIES = re.compile(
    r"(?:配有|附带|附赠|内置|支持|兼容|搭载|配备|采用|具有|具备|有助于)(?P<what>[\u4e00-\u9fff]{2,8})"
)
DENIAL = re.compile(
    r"(?:(?<!\w)(?:not|isn[’']t|aren[’']t|never|without|no|non)[ -](?:\w+ )?|不(?:是|太|够)?|非|没有)$", re.I
)


def claims_in(text: str) -> list[Claim]:
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
    return sorted([*found, *concepts, *open_ones], key=lambda claim: (claim.start, claim.end))


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
    for pattern in (ABLE, CARRIES, DOES, INCLUDED, CHINESE_ABLE, CHINESE_CARRIES):
        for found in pattern.finditer(text):
            if found[0].lower() not in NO_ABILITY:
                what = "what" if "what" in pattern.groupindex else 0
                claim = Claim(
                    Kind.FEATURE, found.start(what), found.end(what), found[what], words=stems(found[what])
                )
                yield replace(claim, is_denied=is_denied(text, found.start()))


def is_denied(text: str, start: int) -> bool:
    """Whether a word right before turns it round: "not waterproof", "不防水"."""
    return bool(DENIAL.search(text[max(0, start - 16) : start]))
