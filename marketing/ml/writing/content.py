"""The slots that a product fills in a language: its name, kind, colour, material, looks, details, uses,
price, offer.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from marketing.ml.facts import MEASURED, Offer, ProductFacts, with_unit
from marketing.ml.lexicon import CHINESE, Concept, Named, named
from marketing.ml.writing.phrases import details, own_sentences, uses

MOOD_NAMES = "vintage modern minimalist classic rustic elegant sleek bold cosy playful delicate natural"
TRAIT_NAMES = (
    "waterproof water-resistant windproof breathable cushioned adjustable foldable "
    "detachable stackable reversible "
    "rechargeable washable wireless ergonomic handmade lightweight portable durable "
    "roomy scented insulated "
    "leakproof non-slip sustainable recyclable organic vegan"
)
MOODS, TRAITS = frozenset(MOOD_NAMES.split()), frozenset(TRAIT_NAMES.split())
SIGNS = {"USD": "$", "GBP": "£", "EUR": "€", "CNY": "¥"}
COINS = {"USD": "美元", "GBP": "英镑", "EUR": "欧元", "CNY": "元"}
SINGULAR_ENDS = ("ss", "us", "is", "canvas", "lens", "news")
SET_OF = re.compile(r" (?:Set|Kit|Collection|Duo|Trio|Ensemble|Bundle|Unit|Assortment)$", re.IGNORECASE)
PEOPLE = re.compile(r"(?:the|those|any|every)(?:one)? ")  # a use that is somebody: no question to ask
UNITS = {"g": "克", "kg": "千克", "ml": "毫升", "l": "升"}
COLOUR_ENDS = ("色", "白", "绿", "红", "蓝", "灰")
Slots = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Content:
    """For each slot its values, one of which is taken each time; a slot without a value is not there."""

    slots: Slots
    is_plural: bool

    def less(self, spent: Set[str]) -> "Content":
        """Without the values that were said."""
        left = {
            slot: [each for each in values if each.lower() not in spent]
            for slot, values in self.slots.items()
        }
        return replace(self, slots={slot: values for slot, values in left.items() if values})


def content_of(product: ProductFacts, language: str) -> Content:
    filled = chinese(product) if language == "zh-Hans" else english(product)
    return Content({slot: values for slot, values in filled.items() if values}, is_plural(product.title))


def is_plural(title: str) -> bool:
    last = head(title).split()[-1].lower()
    return last.endswith("s") and not last.endswith(SINGULAR_ENDS)


def head(title: str) -> str:
    """The title before what it is with, in or for."""
    return re.split(r"(?<=\w) (?:with|in|for|of|and|by|on|-|–|·|\|)(?= )|[,，（(]", title)[0].strip() or title


def kind_of(product: ProductFacts) -> Concept | None:
    """What its title ends in, or what its shelf holds."""
    found = kind_at_end(product.title)
    if found or CHINESE.search(product.title):
        return found.concept if found else None
    return next((each.concept for each in named(product.category, ["kind"])), None)


def kind_at_end(title: str) -> Named | None:
    """The kind that the title ends in; a set is a set of what stands before it."""
    thing = SET_OF.sub("", head(title))
    return next((each for each in reversed(list(named(thing, ["kind"]))) if each.end == len(thing)), None)


def whole(product: ProductFacts, kind: str) -> list[Concept]:
    """Colours or materials of the product and not of some part: those that its title names, narrowest
    first.
    """
    places = {(each.start, each.end) for each in named(product.title, ["colour"]) if kind == "material"}
    found = [
        each for each in named(product.title, [kind]) if not any(within(each, place) for place in places)
    ]
    return [each.concept for each in found[:1]]


def within(found: Named, place: tuple[int, int]) -> bool:
    """Gold in "rose gold" is a colour and not what the thing is made of."""
    return place[0] <= found.start and found.end <= place[1]


def said(
    product: ProductFacts, kind: str, allowed: frozenset[str] | None = None, *, is_chinese: bool = False
) -> list[Concept]:
    texts = f"{product.title}. {told(product, is_chinese=is_chinese)}"
    found = dict.fromkeys(each.concept for each in named(texts, [kind]))
    return [each for each in found if allowed is None or each.name in allowed]


def told(product: ProductFacts, *, is_chinese: bool) -> str:
    """The description in this language, where it is there in both; else as it is."""
    lines = product.description.splitlines()
    own = [line for line in lines if bool(CHINESE.search(line)) == is_chinese]
    return "\n".join(own or lines)


def attribute(product: ProductFacts, *names: str, is_chinese: bool = False) -> list[str]:
    """A property of this name, with its unit where its name has one."""
    found = [
        (name, product.attributes[name]) for name in names if product.attributes.get(name) not in (None, "")
    ]
    plain = [(name, value) for name, value in found if isinstance(value, str | int | float)]
    return [value_of(name, value, is_chinese=is_chinese) for name, value in plain][:1]


def value_of(name: str, value: object, *, is_chinese: bool) -> str:
    measured = MEASURED.match(name)
    if measured and is_chinese:
        return f"{value}{UNITS.get(measured[2], measured[2])}"
    return with_unit(value, measured[2]) if measured else str(value)


def english(product: ProductFacts) -> dict[str, list[str]]:
    noun = noun_of(product.title)
    description = told(product, is_chinese=False)
    has, suits = details(description), uses(description)
    looks = [each.english[0] for each in said(product, "look", MOODS)]
    colours = [each.english[0] for each in whole(product, "colour")]
    materials = [each.english[0] for each in whole(product, "material")]
    traits = [each.english[0] for each in said(product, "feature", TRAITS)]
    return {
        "name": [product.title],
        "short": shortened(product.title),
        "Short": shortened(product.title),
        "noun": [noun],
        "Noun_cap": [noun.capitalize()],
        "a_noun": [] if is_plural(product.title) else [with_article(noun)],
        "A_noun": [] if is_plural(product.title) else [capital(with_article(noun))],
        "detail": has,
        "Detail": [capital(each) for each in has],
        "use": suits,
        "Use_cap": [capital(each) for each in suits],
        "Ask": [capital(each) for each in suits if not PEOPLE.match(each)],
        "look": looks,
        "Look": [capital(each) for each in looks],
        "a_look": [with_article(each) for each in looks],
        "A_look": [capital(with_article(each)) for each in looks],
        "colour": colours,
        "Colour_cap": [capital(each) for each in colours],
        "material": materials,
        "Material": [capital(each) for each in materials],
        "feature": traits,
        "Feature_cap": [capital(each) for each in traits],
        "category": [product.category] if product.category else [],
        **shared_slots(product, is_chinese=False),
        **offer_slots(product, "en"),
    }


def chinese(product: ProductFacts) -> dict[str, list[str]]:
    """In Chinese words for what is known; the name stays the shop's own."""
    kind = kind_of(product)
    looks = forms(said(product, "look", MOODS, is_chinese=True))
    unlike = TRAITS - {"handmade", "reversible", "recyclable"}
    traits = forms(said(product, "feature", unlike, is_chinese=True))
    suits = forms(said(product, "occasion", is_chinese=True))
    colours = [each for each in forms(whole(product, "colour")) if each.endswith(COLOUR_ENDS)]
    materials = [each.chinese[0] for each in whole(product, "material") if len(each.chinese[0]) > 1]
    whole_colours = whole(product, "colour")
    elsewhere = [each for each in said(product, "colour", is_chinese=True) if each not in whole_colours]
    is_foreign = not CHINESE.search(product.title)  # else the name has colour and material in it
    return {
        "name": [product.title],
        "noun": [kind.chinese[0]] if kind else [],
        "m": [kind.broader] if kind else [],
        "look": looks[: len(looks) // 2 + 1],
        "look2": looks[len(looks) // 2 + 1 :],
        "feature": traits[: len(traits) // 2 + 1],
        "feature2": traits[len(traits) // 2 + 1 :],
        "occasion": suits[: len(suits) // 2 + 1],
        "occasion2": suits[len(suits) // 2 + 1 :],
        "colour": colours,
        "tint": colours if is_foreign else [],
        "material": materials,
        "made": materials if is_foreign else [],
        "accent": [f"{each.chinese[0]}细节" for each in elsewhere if not kind_eats(each, product)],
        "recipient": attribute(product, "recipient"),
        **shared_slots(product, is_chinese=True),
        **offer_slots(product, "zh-Hans"),
    }


def shared_slots(product: ProductFacts, *, is_chinese: bool) -> dict[str, list[str]]:
    """The merchant's own sentences in the language of the text, and typed properties."""
    stuff = [
        each for each in attribute(product, "材质", "material") if bool(CHINESE.search(each)) == is_chinese
    ]
    return {
        "own": own_sentences(told(product, is_chinese=is_chinese), product.title, is_chinese=is_chinese),
        "stuff": [each for each in stuff if is_stuff(each) and not is_named([each], product)],
        "capacity": attribute(product, "capacity_ml", "capacity_l", is_chinese=is_chinese),
        "weight": attribute(product, "weight_g", "weight_kg", is_chinese=is_chinese),
        "care": [each for each in attribute(product, "care") if bool(CHINESE.search(each)) == is_chinese],
    }


def is_stuff(value: str) -> bool:
    """A material that the lists know; of food the property says what it is."""
    return any(each.concept for each in named(value, ["material"]))


def is_named(values: Sequence[str], product: ProductFacts) -> bool:
    return any(each.lower() in product.title.lower() for each in values)


def kind_eats(colour: Concept, product: ProductFacts) -> bool:
    """Of food a colour word is mostly a taste or a thing."""
    return product.category.startswith(("groceries", "food"))


def forms(found: Sequence[Concept]) -> list[str]:
    return [form for each in found for form in each.chinese if len(form) > 1]


def noun_of(title: str) -> str:
    """As the title has it: the kind that it ends in, or its last word."""
    found = kind_at_end(title)
    return (title[found.start : found.end] if found else head(title).split()[-1]).lower()


def with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def shortened(title: str) -> list[str]:
    """The last two or three words: the thing itself, with what tells it apart."""
    words = head(title).split()
    return [" ".join(words[-count:]) for count in (2, 3) if count <= len(words)] or [head(title)]


def offer_slots(product: ProductFacts, language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {
        "price": [],
        "now": [],
        "percent": [],
        "fold": [],
        "until": [""],
        "code": [""],
    }
    if product.price is not None:
        found["price"] = [] if product.offer else [money(product.price, product.currency, language)]
    if (offer := product.offer) and product.price is not None and product.offered_price is not None:
        saved = product.price - product.offered_price
        found |= {
            "now": [money(product.offered_price, product.currency, language)],
            "saved": [money(saved, product.currency, language)] if offer.amount else [],
            **terms(offer, language),
        }
        if offer.percent:
            fold = f"{(100 - offer.percent) / 10:f}".rstrip("0").rstrip(".")
            found |= {"percent": [f"{offer.percent:f}"], "fold": [fold]}
    return found


def terms(offer: Offer, language: str) -> dict[str, list[str]]:
    until = [until_day(offer.ends, language)] if offer.ends else [""]
    code = (
        (f"，优惠码{offer.code}" if language == "zh-Hans" else f" with code {offer.code}")
        if offer.code
        else ""
    )
    return {"until": until, "code": [code]}


def until_day(day: date, language: str) -> str:
    return f"（至{day.month}月{day.day}日）" if language == "zh-Hans" else f" until {day.day} {day:%B}"


def money(amount: Decimal, currency: str, language: str) -> str:
    if language == "zh-Hans":
        return f"{amount:f}{COINS.get(currency, ' ' + currency)}"
    return f"{SIGNS[currency]}{amount:,.2f}" if currency in SIGNS else f"{currency} {amount:,.2f}"
