"""What a shopper does not want to see, said on the card itself; each can be taken back there."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.shop.models import Product
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.redirects import safe_next
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import product_cards
from ecommerce_ai.storefront.views.cart import whole_number
from ecommerce_ai.storefront.visitors import customer_to_write
from recommendations.services import (
    NotARefusal,
    allow_product,
    refuse_product,
    restore_reason,
    strike_reason,
)


@require_POST
@at_most("120/m", method="POST")
def refuse(request: ShopRequest) -> HttpResponse:
    """ "Not for me", or the same taken back."""
    product, customer = product_in(request), customer_to_write(request)
    if is_taken_back(request):
        allow_product(customer, product=product)
        return answer_with_card(request, product)
    refuse_product(customer, product=product)
    return answer_refused(request, product, _("We will not suggest this again."))


@require_POST
@at_most("120/m", method="POST")
def strike(request: ShopRequest) -> HttpResponse:
    """A reason that is wrong, or the same taken back; `product` is the card that named it."""
    product, customer = product_in(request), customer_to_write(request)
    reason = {"code": request.POST.get("code", "")[:40], "subject": request.POST.get("subject", "")[:800]}
    try:
        if is_taken_back(request):
            restore_reason(customer, **reason)
            return answer_with_card(request, product)
        strike_reason(customer, **reason)
    except NotARefusal:
        return HttpResponseBadRequest()
    return answer_refused(request, product, _("We will not go by this any more."), reason=reason)


def product_in(request: ShopRequest) -> Product:
    product: Product = get_object_or_404(Product, pk=whole_number(request, "product"))
    return product


def is_taken_back(request: ShopRequest) -> bool:
    return request.POST.get("undo") == "1"


def answer_refused(
    request: ShopRequest, product: Product, text: str, *, reason: dict[str, str] | None = None
) -> HttpResponse:
    if request.htmx:
        context = {"product": product, "text": text, "reason": reason}
        return render(request, "components/refused_card.html", context)
    messages.success(request, text)
    return HttpResponseRedirect(safe_next(request, "/"))


def answer_with_card(request: ShopRequest, product: Product) -> HttpResponse:
    if request.htmx:
        return render(request, "components/product_card.html", {"card": product_cards([product])[0]})
    return HttpResponseRedirect(safe_next(request, "/"))
