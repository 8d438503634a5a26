from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from ecommerce_ai.dashboard.access import member, office_page
from ecommerce_ai.dashboard.selectors.customers import customer_page, found_customers
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.shop.models import Customer

PAGE_SIZE = 50


@office_page("shop.view_customer")
def customers(request: HttpRequest) -> HttpResponse:
    """Everybody, or whom the words find; each leads to the page with all that is known."""
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(found_customers(words), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "title": _("Customers")}
    return office_render(request, "dashboard/customers.html", context)


@office_page("shop.view_customer")
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer: what happened, what we infer from it, and what they see of it."""
    shown = get_object_or_404(Customer, pk=pk)
    if shown.merged_into_id:
        return redirect("dashboard:customer", shown.merged_into_id)
    page = customer_page(shown, reader=member(request), before=request.GET.get("before", ""))
    return office_render(request, "dashboard/customer.html", {"page": page, "title": str(shown)})
