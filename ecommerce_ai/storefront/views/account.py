from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from ecommerce_ai.accounts.models import User
from ecommerce_ai.storefront.forms import NewPasswordForm
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import order_of, order_page, orders_of
from ecommerce_ai.storefront.visitors import current_customer

ORDERS_SHOWN = 3
PAGE_SIZE = 10


@login_required
def account(request: ShopRequest) -> HttpResponse:
    customer = current_customer(request)
    context = {"customer": customer, "orders": orders_of(customer)[:ORDERS_SHOWN]}
    return render(request, "storefront/account.html", context)


@login_required
def orders(request: ShopRequest) -> HttpResponse:
    page = Paginator(orders_of(current_customer(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "storefront/orders.html", {"page": page})


@login_required
def order(request: ShopRequest, number: str) -> HttpResponse:
    page = order_page(order_of(current_customer(request), number))
    return render(request, "storefront/order.html", {"page": page})


@sensitive_post_parameters()
@login_required
@at_most("20/h", method="POST")
def change_password(request: ShopRequest) -> HttpResponse:
    form = NewPasswordForm(cast("User", request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password is changed."))
        return redirect("storefront:account")
    status = 422 if form.errors else 200
    return render(request, "storefront/change_password.html", {"form": form}, status=status)
