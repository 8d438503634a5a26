"""Money, pictures, stars and addresses for the shop's templates."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from django import template
from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, to_locale

from ecommerce_ai.shop.models import Product, Promotion
from ecommerce_ai.shop.models.catalog import translated
from ecommerce_ai.storefront.evidence import evidence_lines
from ecommerce_ai.storefront.filters import PriceBand
from ecommerce_ai.storefront.highlighting import marked, marked_piece
from ecommerce_ai.storefront.money import format_money
from ecommerce_ai.storefront.pictures import Picture, picture_of
from ecommerce_ai.storefront.price_words import price_words
from ecommerce_ai.storefront.search_address import KEPT
from ecommerce_ai.storefront.vocabulary import attribute_text
from recommendations.selectors import Constraint, Reason

REASON_ICONS = {
    "because_view_item": "eye",
    "because_add_to_cart": "cart",
    "because_purchase": "cart",
    "goes_with": "cart",
    "buy_again": "cart",
    "people_like_you": "person",
    "popular": "trend",
}

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """`{{ price|money:"GBP" }}` → "£18.00"."""
    return "" if amount is None else format_money(amount, currency)


@register.filter
def product_url(product: Product) -> str:
    return reverse(
        "storefront:product", args=[product.pk, slugify(product.local_title, allow_unicode=True) or "-"]
    )


@register.filter
def half_stars(average: float | None) -> int:
    """3.6 → 7: a rating in half stars, as the drawings of the rows are numbered."""
    return min(max(round(float(average or 0) * 2), 0), 10)


@register.inclusion_tag("components/picture.html")
def picture(
    image: str, alt: str = "", sizes: str = "(max-width: 640px) 44vw, 280px", *, eager: bool = False
) -> dict[str, Any]:
    """A product's picture with its size set, so that nothing moves while it loads."""
    shown: Picture = picture_of(image)
    return {"picture": shown, "alt": alt, "sizes": sizes, "is_eager": eager}


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: Any) -> str:
    """This page's address with some parameters changed; an empty value takes one out. Starts at page one."""
    parameters: QueryDict = context["request"].GET.copy()
    for name in ("page", *changes):
        parameters.pop(name, None)
    parameters.update({name: str(value) for name, value in changes.items() if value not in ("", None)})
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def address_without(context: dict[str, Any], name: str, value: str) -> str:
    """This page's address without one value of a parameter that may stand there several times."""
    parameters: QueryDict = context["request"].GET.copy()
    parameters.pop("page", None)
    parameters.setlist(name, [kept for kept in parameters.getlist(name) if kept != value])
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def address_adding(context: dict[str, Any], name: str, value: str) -> str:
    """This page's address with one more value of a parameter that may stand there several times."""
    parameters: QueryDict = context["request"].GET.copy()
    parameters.pop("page", None)
    parameters.appendlist(name, value)
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def address_unnarrowed(context: dict[str, Any]) -> str:
    """This page's address without any facet: the same shelf, or the same words."""
    given: QueryDict = context["request"].GET
    kept = [(name, value) for name in (*KEPT, "sort") for value in given.getlist(name)]
    return f"?{urlencode(kept)}" if kept else context["request"].path


@register.inclusion_tag("components/hidden_parameters.html", takes_context=True)
def search_parameters(context: dict[str, Any]) -> dict[str, Any]:
    """What the facets' form passes on beside the facets."""
    given: QueryDict = context["request"].GET
    return {"parameters": [(name, value) for name in (*KEPT, "sort") for value in given.getlist(name)]}


@register.filter
def highlight(text: str, words: Iterable[str]) -> SafeString:
    """`{{ title|highlight:highlights }}`: the words of the search, marked."""
    return marked(text, words)


@register.filter
def constraint_label(constraint: Constraint) -> str:
    """A condition of a search: a price with its currency, anything else as the search names it."""
    band = PriceBand.parse(constraint.values[0]) if constraint.name == "price" else None
    return price_words(band, settings.SHOP_CURRENCY) if band else attribute_text("", str(constraint.label))


@register.filter
def highlight_prefix(text: str, typed: str) -> SafeString:
    """`{{ title|highlight_prefix:query }}`: the letters typed so far, marked where they stand."""
    return marked_piece(text, typed)


@register.inclusion_tag("components/hidden_parameters.html", takes_context=True)
def hidden_parameters(context: dict[str, Any], *left_out: str) -> dict[str, Any]:
    """What else the address says, for a form that changes one thing; the page number starts anew."""
    given: QueryDict = context["request"].GET
    kept = (name for name in given if name not in ("page", *left_out))
    return {"parameters": [(name, value) for name in kept for value in given.getlist(name)]}


@register.filter
def evidence(reason: Reason) -> list[str]:
    return evidence_lines(reason)


@register.filter
def reason_icon(reason: Reason) -> str:
    return REASON_ICONS.get(reason.code, "why")


@register.filter
def question_url(product: Product) -> str:
    slug = slugify(product.local_title, allow_unicode=True) or "-"
    return reverse("storefront:ask", args=[product.pk, slug])


@register.filter
def country_name(code: str) -> str:
    """ "GB" → "United Kingdom", in the reader's language."""
    return str(Locale.parse(to_locale(get_language() or "en")).territories.get(code, code))


@register.filter
def promotion_name(promotion: Promotion) -> str:
    return translated(promotion.translations, "name") or promotion.name


@register.filter
def promotion_text(promotion: Promotion) -> str:
    """Until when it holds; its prices speak for themselves."""
    if promotion.ends_at is None:
        return gettext("For as long as there is stock.")
    day = date_format(timezone.localtime(promotion.ends_at), "DATE_FORMAT")
    return gettext("Until %(day)s.") % {"day": day}


@register.simple_tag
def hero_picture() -> str:
    """The address of the picture beside the first words of the shop."""
    if (Path(settings.MEDIA_ROOT) / settings.SHOP_HERO).is_file():
        return picture_of(settings.SHOP_HERO).src
    return static("img/hero.svg")
