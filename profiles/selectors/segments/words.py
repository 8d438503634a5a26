"""Rules as a person reads them, in the reader's language, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatchmethod

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext

from ecommerce_ai.shop.models import Category, Customer, Event, Product
from profiles.ml.segments.rules import (
    Condition,
    Labelled,
    Measure,
    Performed,
    Rules,
    Share,
    Tag,
    Trait,
)
from profiles.models import Label
from profiles.models import Trait as ProductTrait
from profiles.selectors.interests import trait_label

TRAIT_NAMES: dict[str, str | Promise] = {
    "country": gettext_lazy("Country"),
    "city": gettext_lazy("Town"),
    "language": gettext_lazy("Language"),
    "gender": gettext_lazy("Gender"),
    "age": gettext_lazy("Age in years"),
    "known_days": gettext_lazy("Days since first seen"),
}
MEASURE_NAMES: dict[str, str | Promise] = {
    "orders": gettext_lazy("Orders"),
    "spent": gettext_lazy("Spent less returns"),
    "days_since_order": gettext_lazy("Days since the last order"),
    "value_12m": gettext_lazy("Expected value of 12 months"),
    "churn_percent": gettext_lazy("Probability that they left, %"),
}
OPERATORS: dict[str, str | Promise] = {
    "is": gettext_lazy("is"),
    "is_not": gettext_lazy("is not"),
    "at_least": gettext_lazy("at least"),
    "at_most": gettext_lazy("at most"),
}


@dataclass(frozen=True)
class GroupInWords:
    match: str
    conditions: list[str]


def rules_in_words(rules: Rules) -> list[GroupInWords]:
    """One sentence for each condition, by groups."""
    words = Words(rules)
    return [
        GroupInWords(group.match, [words.of(condition) for condition in group.conditions])
        for group in rules.groups
    ]


class Words:
    """The names behind the keys of a set of rules, and the sentences made of them."""

    def __init__(self, rules: Rules) -> None:
        conditions = list(all_conditions(rules))
        acts = [each for each in conditions if isinstance(each, Performed)]
        shelves = Category.objects.filter(path__in=[act.category for act in acts if act.category])
        goods = Product.objects.filter(sku__in=[act.sku for act in acts if act.sku])
        tags = [each for each in conditions if isinstance(each, Tag)]
        traits = ProductTrait.objects.filter(key__in=[tag.key for tag in tags])
        labels = Label.objects.filter(
            key__in=[each.label for each in conditions if isinstance(each, Labelled)]
        )
        self.shelves = {shelf.path: shelf.local_name for shelf in shelves}
        self.goods = {product.sku: product.local_title for product in goods}
        self.tags = {(trait.kind, trait.key): trait_label(trait) for trait in traits}
        self.labels = {label.key: gettext(label.name) for label in labels}

    @singledispatchmethod
    def of(self, condition: Condition) -> str:
        """The condition as a sentence without a full stop."""
        raise NotImplementedError(type(condition))

    @of.register
    def performed(self, condition: Performed) -> str:
        act = str(Event.Name(condition.action).label)
        parts = [act if condition.is_done else gettext("Not: %(act)s") % {"act": act}]
        if condition.at_least > 1:
            count = ngettext("%(n)s time or more", "%(n)s times or more", condition.at_least)
            parts.append(count % {"n": condition.at_least})
        if condition.within_days:
            days = ngettext("in the last day", "in the last %(n)s days", condition.within_days)
            parts.append(days % {"n": condition.within_days})
        if condition.category:
            parts.append(self.shelves.get(condition.category, condition.category))
        if condition.sku:
            parts.append(self.goods.get(condition.sku, condition.sku))
        return " · ".join(parts)

    @of.register
    def trait(self, condition: Trait) -> str:
        value = str(condition.value)
        if condition.name == "gender" and value in Customer.Gender.values:
            value = str(Customer.Gender(value).label)
        return compared(TRAIT_NAMES[condition.name], condition.operator, value)

    @of.register
    def tag(self, condition: Tag) -> str:
        label = self.tags.get((condition.tag, condition.key), condition.key)
        sentence = gettext("Likes %(tag)s") if condition.is_shown else gettext("Does not like %(tag)s")
        return sentence % {"tag": label}

    @of.register
    def measure(self, condition: Measure) -> str:
        return compared(MEASURE_NAMES[condition.name], condition.operator, f"{condition.value:g}")

    @of.register
    def label(self, condition: Labelled) -> str:
        name = self.labels.get(condition.label, condition.label)
        return compared(name, condition.operator, f"{condition.percent} %")

    @of.register
    def share(self, condition: Share) -> str:
        return gettext("Random draw “%(name)s”, %(first)s to %(last)s %%") % {
            "name": condition.salt,
            "first": condition.from_percent,
            "last": condition.to_percent,
        }


def compared(name: str | Promise, operator: str, value: str) -> str:
    return f"{capfirst(str(name))} {OPERATORS[operator]} {value}"


def all_conditions(rules: Rules) -> Iterator[Condition]:
    for group in rules.groups:
        yield from group.conditions
