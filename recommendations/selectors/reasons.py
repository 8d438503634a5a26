"""The closed list of reasons: what a shopper may be told, and what striking it out means."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Product
from recommendations.selectors.results import Reason
from recommendations.selectors.tags import TagName

# Codes that name a product of the shopper's, a tag of their profile, or nothing about them.
OF_PRODUCTS: Mapping[str, Any] = {
    "because_view_item": _("Because you looked at {title}"),
    "because_add_to_cart": _("Because you put {title} in your cart"),
    "because_purchase": _("Because you bought {title}"),
    "goes_with": _("Often bought with {title}"),
    "buy_again": _("You may need {title} again"),
}
OF_TAGS: Mapping[str, Any] = {
    "likes_category": _("You often look at {label}"),
    "likes_brand": _("You like {label}"),
    "likes_attribute": _("You like {label}"),
    "likes_colour": _("You like {label}"),
    "likes_price_band": _("In the price range you choose"),
    "likes_theme": _("You seem to care about {label}"),
}
OF_THE_SHOPPER: Mapping[str, Any] = {
    "people_like_you": _("Chosen by people who buy what you buy"),
}
IMPERSONAL: Mapping[str, Any] = {
    "popular": _("Popular now"),
    "new": _("New in the shop"),
    "similar": _("Similar to {title}"),
    "same_shelf": _("From the same shelf"),
    "merchant": _("Chosen by the shop"),
}


TEXTS = {**OF_PRODUCTS, **OF_TAGS, **OF_THE_SHOPPER, **IMPERSONAL}


class Cause(NamedTuple):
    """What may speak for a candidate: a thing the shopper did, a tag, the ranker, or what everybody does.

    `product_id` or `tag` is what it hangs on; striking it out needs no more.
    """

    code: str
    product_id: int | None = None
    tag: TagName | None = None
    occurred_at: datetime | None = None
    event: str = ""
    evidence: Mapping[str, Any] = MappingProxyType({})

    @property
    def subject(self) -> str:
        """What a form sends back to strike this out: "12", "colour:sea", or nothing."""
        if self.tag:
            return self.tag.subject
        return str(self.product_id or "")


def reason_of(cause: Cause, about: Product | None, *, similarity: float = 0.0) -> Reason:
    """The sentence for a cause; `about` is the product that it hangs on."""
    evidence = dict(cause.evidence)
    if about is not None:
        evidence |= {"sku": about.sku}
    if cause.event and cause.occurred_at:
        evidence |= {"event": cause.event, "occurred_at": cause.occurred_at.isoformat()}
    if similarity:
        evidence |= {"similarity": round(similarity, 3)}
    return Reason(code=cause.code, text=sentence(cause, about), evidence=evidence, subject=cause.subject)


def in_words(text: Any, tag: TagName | None, about: Product | None) -> str:
    """In the reader's language."""
    if tag:
        return str(text).format(label=tag.local_label)
    return str(text).format(title=about.local_title) if about else str(text)


# When it is read: made once, for each call of `lazy` makes a class, which costs more than the sentence.
in_words_lazy: Any = lazy(in_words, str)


def sentence(cause: Cause, about: Product | None) -> Promise:
    return cast("Promise", in_words_lazy(TEXTS[cause.code], cause.tag, about))
