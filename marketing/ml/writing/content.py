"""The slots that a product fills in a language: its name, kind, colour, material, looks, details, uses,
price, offer.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from marketing.ml.facts import Offer, ProductFacts
from marketing.ml.lexicon import Concept, Named, named
from marketing.ml.writing.phrases import details, uses

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
    return re.split(r"(?<=\w) (?:with|in|for|of|and|by|on|-|–|\|)(?= )", title)[0]


def kind_of(product: ProductFacts) -> Concept | None:
    """What its title ends in, or what its shelf holds."""
    found = kind_at_end(product.title)
    return (
        found.concept if found else next((each.concept for each in named(product.category, ["kind"])), None)
    )


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


def said(product: ProductFacts, kind: str, allowed: frozenset[str] | None = None) -> list[Concept]:
    texts = f"{product.title}. {product.description}"
    found = dict.fromkeys(each.concept for each in named(texts, [kind]))
    return [each for each in found if allowed is None or each.name in allowed]


def english(product: ProductFacts) -> dict[str, list[str]]:
    noun = noun_of(product.title)
    has, suits = details(product.description), uses(product.description)
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
        **offer_slots(product, "en"),
    }


def chinese(product: ProductFacts) -> dict[str, list[str]]:
    """In Chinese words for what is known; the name stays the shop's own."""
    kind = kind_of(product)
    looks = forms(said(product, "look", MOODS))
    traits = forms(said(product, "feature", TRAITS - {"handmade", "reversible", "recyclable"}))
    suits = forms(said(product, "occasion"))
    colours = forms(whole(product, "colour"))
    elsewhere = [each for each in said(product, "colour") if each not in whole(product, "colour")]
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
        "colour": [each for each in colours if each.endswith(("色", "白", "绿", "红", "蓝", "灰"))],
        "material": [each.chinese[0] for each in whole(product, "material") if len(each.chinese[0]) > 1],
        "accent": [f"{each.chinese[0]}细节" for each in elsewhere if not kind_eats(each, product)],
        **offer_slots(product, "zh-Hans"),
    }


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
    words = title.split()
    return [" ".join(words[-count:]) for count in (2, 3) if count <= len(words)] or [title]


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
    if (offer := product.offer) and offer.percent and product.offered_price is not None:
        found |= {
            "now": [money(product.offered_price, product.currency, language)],
            "percent": [f"{offer.percent:f}"],
            "fold": [f"{(100 - offer.percent) / 10:f}".rstrip("0").rstrip(".")],
            **terms(offer, language),
        }
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
