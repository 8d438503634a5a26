from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from ecommerce_ai.shop.models import Category, Event
from ecommerce_ai.shop.services import EventDetails
from ecommerce_ai.storefront.filters import filters_from
from ecommerce_ai.storefront.recording import record
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import breadcrumb, shelf_listing


def shelf(request: ShopRequest, path: str) -> HttpResponse:
    category = get_object_or_404(Category, path=path)
    listing = shelf_listing(category, filters=filters_from(request.GET), page=request.GET.get("page", "1"))
    context = {
        "category": category,
        "breadcrumb": breadcrumb(category),
        "shelves": Category.objects.filter(parent=category).order_by("position", "id"),
        "listing": listing,
    }
    record(request, Event.Name.VIEW_ITEM_LIST, EventDetails(properties={"item_list_id": category.path}))
    return render(request, "storefront/shelf.html", context)
