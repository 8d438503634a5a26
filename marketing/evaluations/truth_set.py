"""A truth set made by program: sentences about products that are so, and the same with one fact changed.

English sentences are the shop's own where they hold something to change, and else of a few forms; Chinese
ones are
the facts writer's, unchecked, and of a few forms. What was changed keeps its place, so that a lucky flag
elsewhere
does not count.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import dist

from marketing.evaluations import changes
from marketing.ml.facts import ProductFacts
from marketing.ml.writing.content import content_of

NUMBERS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2
    )
}
CHINESE_NUMBERS = dict(zip("二三四五六七八九十", range(2, 11), strict=True))
SENTENCE = re.compile(r"[^.!?]+(?:\.\d[^.!?]*)*[.!?]")
COLOUR = re.compile(rf"(?<![\w-])(?:{'|'.join(changes.COLOURS)})(?![\w-])", re.IGNORECASE)
MATERIAL = re.compile(
    rf"(?<![\w-])(?:{'|'.join(word for words, _ in changes.MATERIALS for word in words)})(?![\w-])",
    re.IGNORECASE,
)
NUMBER = re.compile(rf"(?<![\w.$-])(?:\d{{1,4}}|{'|'.join(NUMBERS)})(?=[ -][a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """A text about a product. Where it is false, `start` to `end` is what was changed."""

    product: ProductFacts
    language: str
    kind: str
    text: str
    start: int = -1
    end: int = -1

    @property
    def is_true(self) -> bool:
        return self.start < 0


Abilities = Sequence[tuple[str, str, str]]


def cases(product: ProductFacts, rng: random.Random, abilities: Abilities) -> Iterator[Case]:
    """True and false ones, in both languages; `abilities` are what may be claimed of it and is not known."""
    for sentence in SENTENCE.findall(product.description):
        yield Case(product, "en", "own words", sentence.strip())
        yield from changed_sentence(product, sentence.strip(), rng)
    yield from rephrased(product)
    for language in ("en", "zh"):
        yield from priced(product, language, rng)
        yield from added(product, language, rng, abilities)


def said(product: ProductFacts) -> str:
    return f"{product.title}. {product.description} {product.category}".lower()


def changed_sentence(product: ProductFacts, sentence: str, rng: random.Random) -> Iterator[Case]:
    """One fact at a time, into one that the product's texts do not hold."""
    for kind, pattern, changed in (
        ("colour", COLOUR, other_colours),
        ("material", MATERIAL, other_materials),
        ("number", NUMBER, other_numbers),
    ):
        places = list(pattern.finditer(sentence))
        found = rng.choice(places) if places else None
        if found and (others := changed(found[0].lower(), product)):
            yield replaced(product, kind, sentence, found, rng.choice(others))


def replaced(product: ProductFacts, kind: str, sentence: str, found: re.Match[str], other: str) -> Case:
    text = sentence[: found.start()] + other + sentence[found.end() :]
    return Case(product, "en", kind, text, found.start(), found.start() + len(other))


def colours_of(product: ProductFacts) -> list[str]:
    text = said(product)
    return [name for name in changes.COLOURS if re.search(rf"(?<![a-z]){name}(?:en|ish|y)?(?![a-z])", text)]


def other_colours(_word: str, product: ProductFacts) -> list[str]:
    """Those far from every colour that the product's texts name."""
    own = [changes.COLOURS[each] for each in colours_of(product)]
    return [
        name
        for name, value in changes.COLOURS.items()
        if all(dist(value, each) > changes.APART for each in own)
    ]


def groups_of(product: ProductFacts) -> set[int]:
    """Places, in the list of groups, of materials that the product's texts name."""
    own = set(MATERIAL.findall(said(product)))
    return {place for place, (words, _) in enumerate(changes.MATERIALS) if own & set(words)}


def other_materials(_word: str, product: ProductFacts, *, column: int = 0) -> list[str]:
    own = groups_of(product)
    return [
        word for place, group in enumerate(changes.MATERIALS) if place not in own for word in group[column]
    ]


def other_numbers(word: str, product: ProductFacts) -> list[str]:
    """In digits or in words as before; larger, and nowhere in the product's texts."""
    own = said(product)
    if word.isdigit():
        return [str(each) for each in (int(word) + 1, int(word) + 3, int(word) * 2) if str(each) not in own]
    return [each for each, number in NUMBERS.items() if number > NUMBERS[word] and each not in own]


def rephrased(product: ProductFacts) -> Iterator[Case]:
    """True in other words: wholes of which the title names colour or material; digits for words."""
    title = product.title.lower()
    noun = content_of(product, "en").slots["noun"][0]
    for colour in COLOUR.findall(title)[:1]:
        yield Case(product, "en", "rephrased", f"Comes in {colour}, and {colour} suits this {noun}.")
        for chinese in [name for name, each in changes.CHINESE_COLOURS.items() if each == colour]:
            yield Case(product, "zh", "rephrased", f"{chinese}款，日常好搭。")
    for material in MATERIAL.findall(title)[:1]:
        yield Case(product, "en", "rephrased", f"Look for {material} here: a {material} {noun}, in short.")
    for found in list(NUMBER.finditer(product.description))[:1]:
        yield from renumbered(product, found)


def renumbered(product: ProductFacts, found: re.Match[str]) -> Iterator[Case]:
    word = found[0].lower()
    digits = word if word.isdigit() else str(NUMBERS[word])
    counted = re.match(r"[ -]([a-z]+)", product.description[found.end() :])
    if counted and digits != word:
        yield Case(product, "en", "rephrased", f"Expect {digits} {counted[1]}.")


def priced(product: ProductFacts, language: str, rng: random.Random) -> Iterator[Case]:
    """The price and the offer, right and wrong."""
    if product.price is None:
        return
    wrong = (product.price * rng.choice([Decimal("0.7"), Decimal("0.85"), Decimal("1.4")])).quantize(
        Decimal("0.01")
    )
    forms = PRICES[language]
    for form in rng.sample(forms, 2):
        yield Case(product, language, "price", form.format(f"{product.price:.2f}"))
    form = rng.choice(forms)
    yield whole(product, language, "price", form.format(f"{wrong:.2f}"))
    if product.offer is None:
        text = rng.choice(OFFERS)
        yield whole(product, language, "price", text[language == "zh"].format(f"{product.price * 2:.2f}"))


PRICES = {
    "en": [
        "Now only ${}.",
        "Yours for ${}.",
        "The price is USD {}.",
        "Just {} dollars.",
        "Get it at ${} today.",
    ],
    "zh": ["现在只要{}美元。", "售价{}美元。", "价格为${}。", "仅需{}美元就能带走。"],
}
OFFERS = [
    ("Now 30% off.", "现在七折。"),
    ("Was ${}, now less.", "原价{}美元。"),
    ("Half price this week.", "本周半价。"),
    ("Save $15 on your order.", "下单立减15美元。"),
    ("Buy one, get one.", "买一送一。"),
    ("Up to 40% off.", "优惠40%。"),
    ("On sale now.", "限时特价。"),
]


def whole(product: ProductFacts, language: str, kind: str, text: str) -> Case:
    """All of the text is the change."""
    return Case(product, language, kind, text, 0, len(text))


def added(product: ProductFacts, language: str, rng: random.Random, abilities: Abilities) -> Iterator[Case]:
    """Abilities and superlatives that nothing known says, and for Chinese colours, materials and numbers
    too.
    """
    chinese, own = language == "zh", said(product)
    ability = rng.choice([each for each in abilities if not re.search(each[2], own)])
    yield whole(product, language, "capability", ability[chinese])
    noun = content_of(product, "zh-Hans" if chinese else "en").slots.get("noun", ["好物"])[0]
    text = rng.choice(changes.SUPERLATIVES)[chinese].format(noun=noun)
    yield whole(product, language, "superlative", text)
    yield Case(product, language, "plain", rng.choice(changes.PLAIN)[chinese])
    if chinese:
        yield from chinese_changes(product, noun, rng)


def chinese_changes(product: ProductFacts, noun: str, rng: random.Random) -> Iterator[Case]:
    far = set(other_colours("", product))
    colours = [name for name, each in changes.CHINESE_COLOURS.items() if each in far]
    for kind, words, forms in (
        ("colour", colours, ["一款{}的{noun}。", "{}很衬这款{noun}。", "整体为{}，很耐看。"]),
        (
            "material",
            other_materials("", product, column=1),
            ["{}材质的{noun}。", "选用{}，手感舒服。", "{}打造。"],
        ),
        (
            "number",
            chinese_numbers(product),
            ["共有{}个隔层。", "内含{}件。", "一套{}只。", "尺寸为{}厘米。"],
        ),
    ):
        if words:
            text = rng.choice(forms).format(rng.choice(words), noun=noun)
            yield whole(product, "zh", kind, text)


def chinese_numbers(product: ProductFacts) -> list[str]:
    """Numbers, in either script, that the product's texts do not hold in any."""
    own = said(product)
    words = {number: word for word, number in NUMBERS.items()}
    free = [n for n in range(2, 11) if words[n] not in own and not re.search(rf"(?<!\d){n}(?!\d)", own)]
    if re.search(r"(?<!\w)(?:duo|trio|dual|pair|twin|triple|quartet|double)", own):
        free = [number for number in free if number > 4]
    return [form for n in free for form in (str(n), next(w for w, v in CHINESE_NUMBERS.items() if v == n))]
