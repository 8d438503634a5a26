from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from ecommerce_ai.storefront.consent_notice import is_to_be_asked
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import cart_units, departments
from ecommerce_ai.storefront.visitors import current_customer

THEMES = ("light", "dark")
# Each language by its own name: whoever looks for theirs may not read the others.
LANGUAGE_NAMES = {"en": "English", "zh-hans": "中文"}


def shop(request: HttpRequest) -> dict[str, Any]:
    """What every page shows. Callables, so that pages without head and foot (the admin's) ask nothing."""
    return {
        "shop_name": settings.SHOP_NAME,
        "tagline": settings.SHOP_TAGLINE,
        "theme": theme_of(request),
        "departments": cache(departments),
        "cart_units": cache(lambda: units_in_cart(cast("ShopRequest", request))),
        "page_languages": lambda: page_languages(request),
        "asks_for_consent": cache(lambda: is_to_be_asked(request)),
    }


def theme_of(request: HttpRequest) -> str:
    """The theme that the reader chose; empty when their system decides."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def units_in_cart(request: ShopRequest) -> int:
    customer = current_customer(request) if hasattr(request, "visitor_id") else None
    return cart_units(customer) if customer else 0


def page_languages(request: HttpRequest) -> list[dict[str, Any]]:
    """This page in every language: `[{"code", "name", "url", "is_current"}]`."""
    here = request.get_full_path()
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES.get(code, name),
            "url": translate_url(here, code),
            "is_current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]
