from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from ecommerce_ai.shop.models import Event, Product
from ecommerce_ai.shop.services import EventDetails
from ecommerce_ai.storefront.forms import QuestionForm
from ecommerce_ai.storefront.recording import record
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import product_page
from ecommerce_ai.storefront.visitors import current_customer, is_robot


def product(request: ShopRequest, pk: int, slug: str = "") -> HttpResponse:
    """The slug is for people; the number decides."""
    shown = get_object_or_404(Product.objects.live().select_related("category"), pk=pk)
    page = product_page(
        shown,
        customer=current_customer(request),
        review_page=request.GET.get("reviews", "1"),
        is_counted=not is_robot(request),
    )
    details = EventDetails(
        product=shown, value=shown.price, currency=shown.currency, properties=clicked_in(request)
    )
    record(request, Event.Name.VIEW_ITEM, details)
    return render(request, "storefront/product.html", {"page": page, "question_form": QuestionForm()})


def clicked_in(request: ShopRequest) -> dict[str, str]:
    """The list that led here, as the card's address told it."""
    try:
        return {"impression_id": str(UUID(request.GET["via"]))}
    except (KeyError, ValueError):
        return {}
