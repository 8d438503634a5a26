from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.shop.models import Event, Product
from ecommerce_ai.shop.services import CartError, EventDetails, add_to_cart, set_cart_quantity
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.recording import record
from ecommerce_ai.storefront.redirects import safe_next
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import cart_page
from ecommerce_ai.storefront.templatetags.shop import product_url
from ecommerce_ai.storefront.visitors import current_customer, customer_to_write

MOST_TOGETHER = 8


def cart(request: ShopRequest) -> HttpResponse:
    page = cart_page(current_customer(request))
    if page.rows and not request.htmx:
        record(request, Event.Name.VIEW_CART, EventDetails(quantity=page.units))
    return render(request, "storefront/cart.html", {"page": page})


@require_POST
@at_most("120/m", method="POST")
def add(request: ShopRequest) -> HttpResponse:
    product = get_object_or_404(Product.objects.live(), pk=whole_number(request, "product"))
    quantity = whole_number(request, "quantity", default=1)
    try:
        add_to_cart(customer_to_write(request), product=product, quantity=quantity)
    except CartError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(title)s” is in your cart.") % {"title": product.local_title})
        record(request, Event.Name.ADD_TO_CART, about(product, quantity))
    if request.htmx:
        return render(request, "storefront/added.html")
    return HttpResponseRedirect(safe_next(request, product_url(product)))


@require_POST
@at_most("60/m", method="POST")
def add_all(request: ShopRequest) -> HttpResponse:
    """One of each of several products, as they are bought together; what is sold out is said and left out."""
    keys = [
        int(key) for key in request.POST.getlist("product")[:MOST_TOGETHER] if key.isascii() and key.isdigit()
    ]
    for product in Product.objects.live().filter(pk__in=keys):
        try:
            add_to_cart(customer_to_write(request), product=product, quantity=1)
        except CartError as error:
            messages.error(request, f"{product.local_title}: {error}")
        else:
            record(request, Event.Name.ADD_TO_CART, about(product, 1))
    return redirect("storefront:cart")


@require_POST
@at_most("240/m", method="POST")
def change(request: ShopRequest) -> HttpResponse:
    product = get_object_or_404(Product, pk=whole_number(request, "product"))
    quantity = whole_number(request, "quantity", default=1)
    try:
        line = set_cart_quantity(customer_to_write(request), product=product, quantity=quantity)
    except CartError as error:
        messages.error(request, str(error))
    else:
        if line is None:
            record(request, Event.Name.REMOVE_FROM_CART, about(product, 1))
    return redirect("storefront:cart")


def about(product: Product, quantity: int) -> EventDetails:
    value = product.price * quantity
    return EventDetails(product=product, quantity=quantity, value=value, currency=product.currency)


def whole_number(request: ShopRequest, name: str, *, default: int = 0) -> int:
    """A small number out of a form; anything else counts as the default."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
