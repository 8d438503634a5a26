from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ecommerce_ai.privacy.models import ErasureRequest
from ecommerce_ai.privacy.services import (
    ErasureRefused,
    confirm_erasure,
    prove_by_code,
    prove_by_cookie,
    prove_by_password,
    request_erasure,
    send_proof_code,
    withdraw_erasure,
)
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors.privacy import open_erasure, receipt_lines
from ecommerce_ai.storefront.visitors import current_customer, customer_to_write, forget_visitor


@require_POST
@at_most("10/h", method="POST")
def begin(request: ShopRequest) -> HttpResponse:
    """Look for everything about whoever asks; nothing is erased yet."""
    try:
        request_erasure(customer_to_write(request), source=ErasureRequest.Source.SHOPPER)
    except ErasureRefused as refused:
        messages.error(request, str(refused))
        return redirect("storefront:your_data")
    return redirect("storefront:erase")


@sensitive_post_parameters()
@never_cache
@at_most("20/h", method="POST")
def erase(request: ShopRequest) -> HttpResponse:
    """What would go; with proof of who asks, the last yes."""
    erasure = open_erasure(current_customer(request))
    if erasure is None:
        return redirect("storefront:your_data")
    if erasure.status == ErasureRequest.Status.CONFIRMED:
        return redirect("storefront:erased", erasure.pk)
    if request.method != "POST":
        return erase_page(request, erasure)
    if not is_proved(request, erasure):
        return erase_page(request, erasure, error=_("That is not it. Nothing was erased."))
    confirm_erasure(erasure)
    logout(request)
    forget_visitor(request)
    return redirect("storefront:erased", erasure.pk)


def erase_page(request: ShopRequest, erasure: ErasureRequest, *, error: str = "") -> HttpResponse:
    context = {"erasure": erasure, "lines": receipt_lines(erasure.preview), "error": error}
    return render(request, "storefront/privacy/erase.html", context, status=422 if error else 200)


def is_proved(request: ShopRequest, erasure: ErasureRequest) -> bool:
    """The password of the log-in, the code sent by e-mail, or the cookie where there is nothing else."""
    if code := request.POST.get("code", ""):
        return prove_by_code(erasure, code)
    if password := request.POST.get("password", ""):
        return prove_by_password(erasure, password)
    return prove_by_cookie(erasure)


@require_POST
@at_most("5/h", method="POST")
def send_code(request: ShopRequest) -> HttpResponse:
    """Six digits to the customer's own address."""
    erasure = open_erasure(current_customer(request))
    if erasure and send_proof_code(erasure):
        messages.success(request, _("We sent six digits to your e-mail address."))
    else:
        messages.error(request, _("We know no e-mail address of yours."))
    return redirect("storefront:erase")


@require_POST
def call_off(request: ShopRequest) -> HttpResponse:
    """Everything stays."""
    erasure = open_erasure(current_customer(request))
    if erasure and withdraw_erasure(erasure):
        messages.success(request, _("Everything stays as it is."))
    return redirect("storefront:your_data")


@never_cache
@at_most("600/h")
def erased(request: ShopRequest, pk: UUID) -> HttpResponse:
    """The receipt, by a number that only whoever asked knows; it names nobody."""
    erasure = get_object_or_404(ErasureRequest.objects.exclude(status=ErasureRequest.Status.PREVIEWED), pk=pk)
    context = {"erasure": erasure, "lines": receipt_lines(erasure.receipt)}
    part = "storefront/privacy/_receipt.html" if request.htmx else "storefront/privacy/erased.html"
    return render(request, part, context)
