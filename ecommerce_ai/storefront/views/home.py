from django.http import HttpResponse
from django.shortcuts import render

from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import home_page
from ecommerce_ai.storefront.visitors import current_customer


def home(request: ShopRequest) -> HttpResponse:
    return render(request, "storefront/home.html", {"page": home_page(current_customer(request))})
