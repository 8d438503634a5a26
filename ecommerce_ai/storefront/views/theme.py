from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.views.decorators.http import require_POST

from ecommerce_ai.storefront.context import THEMES
from ecommerce_ai.storefront.redirects import safe_next
from ecommerce_ai.storefront.requests import ShopRequest

COOKIE_AGE_S = 365 * 24 * 3600


@require_POST
def choose_theme(request: ShopRequest) -> HttpResponse:
    """Light, dark, or (anything else) what the reader's system says."""
    response = HttpResponseRedirect(safe_next(request, resolve_url("storefront:home")))
    if (chosen := request.POST.get("theme", "")) in THEMES:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(
            "theme", chosen, max_age=COOKIE_AGE_S, httponly=True, samesite="Lax", secure=secure
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
