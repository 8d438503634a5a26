"""What a customer seems to like, and the events that say so; what they took back is never told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext

from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from ecommerce_ai.shop.models import Customer, Product
from ecommerce_ai.shop.models.catalog import ProductQuerySet
from profiles.models import (
    LEAST_WEIGHT,
    Interest,
    InterestQuerySet,
    ProductTrait,
    Profile,
    TagRemoval,
    Taste,
    Trait,
)
from profiles.models.interests import SOURCES

# A band of prices carries no words of its own, and of some themes the value alone says little.
PRICE_BANDS = {
    "low": gettext_noop("Lower-priced things"),
    "middle": gettext_noop("Mid-priced things"),
    "high": gettext_noop("Higher-priced things"),
}
PATTERNS = {
    "recipient": gettext_noop("Gifts for: %(value)s"),
    "occasion": gettext_noop("Occasion: %(value)s"),
}


@dataclass(frozen=True)
class Evidence:
    """How many events of each source speak for a tag, and the latest of them, newest first.

    Sources: order, cart, wishlist, view, search, review, question. An event is a dict with `source`, `id`,
    `at` (ISO time) and `product` (its key, where the event was about one).
    """

    counts: Mapping[str, int]
    events: Sequence[Mapping[str, Any]]

    @property
    def text(self) -> str:
        """ "1 order and 4 views", in the reader's language."""
        parts = [counted(source, self.counts[source]) for source in SOURCES if self.counts.get(source)]
        if len(parts) < 2:
            return "".join(parts)
        return gettext("%(most)s and %(last)s") % {
            "most": gettext(", ").join(parts[:-1]),
            "last": parts[-1],
        }


def counted(source: str, number: int) -> str:
    words = {
        "order": ngettext("%(n)s order", "%(n)s orders", number),
        "cart": ngettext("%(n)s time in the cart", "%(n)s times in the cart", number),
        "wishlist": ngettext("%(n)s wish", "%(n)s wishes", number),
        "view": ngettext("%(n)s view", "%(n)s views", number),
        "search": ngettext("%(n)s search", "%(n)s searches", number),
        "review": ngettext("%(n)s review", "%(n)s reviews", number),
        "question": ngettext("%(n)s question", "%(n)s questions", number),
    }
    return words[source] % {"n": number}


@dataclass(frozen=True)
class InterestTag:
    """`weight`, 0 to 1, is how much the events still say; `kind` and `key` name the tag for good."""

    kind: str
    key: str
    label: str
    weight: float
    evidence: Evidence


def interest_tags(customer: Customer, *, limit: int | None = None) -> tuple[InterestTag, ...]:
    """The customer's tags, strongest first; none without consent to personalisation."""
    if not is_allowed(customer, Purpose.PERSONALISATION):
        return ()
    return told_tags(customer, limit=limit)


def told_tags(customer: Customer, *, limit: int | None = None) -> tuple[InterestTag, ...]:
    rows = Interest.objects.filter(customer=customer).kept().weighted_at(shop_clock())
    rows = rows.select_related("trait").order_by("-strength", "trait_id")
    return tuple(as_tag(row) for row in rows[:limit])


def as_tag(row: Interest) -> InterestTag:
    return InterestTag(
        kind=row.trait.kind,
        key=row.trait.key,
        label=trait_label(row.trait),
        weight=round(float(vars(row)["weight"]), 4),
        evidence=Evidence(counts=row.counts, events=tuple(row.evidence)),
    )


def trait_label(trait: Trait) -> str:
    """In the reader's language, and with what it is about where the value alone would not say."""
    if trait.kind == Trait.Kind.PRICE_BAND and trait.key in PRICE_BANDS:
        return gettext(PRICE_BANDS[trait.key])
    pattern = PATTERNS.get(trait.key.partition(":")[0]) if trait.kind == Trait.Kind.THEME else None
    return gettext(pattern) % {"value": trait.local_label} if pattern else trait.local_label


def shop_clock() -> datetime:
    """Now, or the last thing that happened: a shop whose history was imported lives in its own time."""
    last = (
        Profile.objects.filter(last_active_at__isnull=False)
        .order_by("-last_active_at")
        .values_list("last_active_at", flat=True)
        .first()
    )
    return min(last, timezone.now()) if last else timezone.now()


def removed_tags(customer: Customer) -> tuple[TagRemoval, ...]:
    """What the customer said is wrong, the last first."""
    return tuple(TagRemoval.objects.filter(customer=customer))


def tag_products(kind: str, key: str) -> ProductQuerySet:
    """The products that carry a tag."""
    return Product.objects.filter(
        pk__in=ProductTrait.objects.filter(trait__kind=kind, trait__key=key).values("product")
    )


def products_of_removed_tags(customer: Customer) -> ProductQuerySet:
    """The products that carry any tag that the customer removed."""
    removed = TagRemoval.objects.filter(
        customer=customer, kind=OuterRef("trait__kind"), key=OuterRef("trait__key")
    )
    return Product.objects.filter(pk__in=ProductTrait.objects.filter(Exists(removed)).values("product"))


def customers_with_tag(kind: str, key: str, *, least_weight: float = LEAST_WEIGHT) -> InterestQuerySet:
    """Interests of everybody with this tag, with `weight`; `.values("customer")` is the audience."""
    interests = Interest.objects.filter(trait__kind=kind, trait__key=key)
    return interests.kept().weighted_at(shop_clock(), least=least_weight)


def taste_of(customer: Customer) -> Taste | None:
    """The direction of the customer's taste; None without consent or before the first refresh."""
    if not is_allowed(customer, Purpose.PERSONALISATION):
        return None
    return Taste.objects.filter(customer=customer).first()
