from django.http import HttpResponse
from django.shortcuts import render

from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import home_page
from ecommerce_ai.storefront.visitors import current_customer, is_robot


def home(request: ShopRequest) -> HttpResponse:
    page = home_page(current_customer(request), is_counted=not is_robot(request))
    return render(request, "storefront/home.html", {"page": page})
