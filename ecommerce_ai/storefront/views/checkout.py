from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from ecommerce_ai.shop.models import Customer, Event, Order
from ecommerce_ai.shop.services import CheckoutError, EventDetails, place_order
from ecommerce_ai.storefront.forms import DeliveryForm
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.recording import record
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import cart_page, order_page
from ecommerce_ai.storefront.visitors import current_customer, customer_to_write

PLACED = "orders_placed"  # in the session: what this browser ordered, so that guests see their confirmation
COUNTRIES = {"en": "GB", "zh-hans": "CN"}


@at_most("30/m", method="POST")
def checkout(request: ShopRequest) -> HttpResponse:
    page = cart_page(current_customer(request))
    if not page.can_order:
        return redirect("storefront:cart")
    form = DeliveryForm(request.POST or None, initial=known_delivery(current_customer(request)))
    if request.method == "POST" and form.is_valid():
        return order_now(request, form)
    if request.method == "GET":
        record(request, Event.Name.BEGIN_CHECKOUT, EventDetails(quantity=page.units))
    status = 422 if form.errors else 200
    return render(request, "storefront/checkout.html", {"page": page, "form": form}, status=status)


def order_now(request: ShopRequest, form: DeliveryForm) -> HttpResponse:
    try:
        order = place_order(customer_to_write(request), delivery=form.delivery())
    except CheckoutError as error:
        messages.error(request, str(error))
        return redirect("storefront:cart")
    request.session[PLACED] = [*request.session.get(PLACED, []), order.number][-20:]
    return redirect("storefront:order_placed", number=order.number)


def done(request: ShopRequest, number: str) -> HttpResponse:
    if number not in request.session.get(PLACED, []):
        raise Http404
    order = get_object_or_404(Order, number=number)
    return render(request, "storefront/order_placed.html", {"page": order_page(order)})


def known_delivery(customer: Customer | None) -> dict[str, str]:
    """What the last order and the account tell about the next parcel."""
    country = COUNTRIES.get(get_language() or "", "")
    if customer is None:
        return {"country": country}
    last = Order.objects.sales().filter(customer=customer).exclude(shipping_address="").first()
    return {
        "email": customer.email or (last.email if last else ""),
        "name": customer.name or (last.shipping_name if last else ""),
        "address": last.shipping_address if last else "",
        "postcode": last.shipping_postcode if last else "",
        "city": last.shipping_city if last else customer.city,
        "country": (last.country if last else "") or customer.country or country,
    }
