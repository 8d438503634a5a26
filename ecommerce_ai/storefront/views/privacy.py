from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ecommerce_ai.privacy.models import ConsentChange
from ecommerce_ai.privacy.selectors import Purpose, exported_file
from ecommerce_ai.privacy.services import change_consent, start_export
from ecommerce_ai.storefront.consent_notice import ASKED_FOR, mark_answered
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.redirects import safe_next
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors.privacy import your_data as your_data_page
from ecommerce_ai.storefront.visitors import current_customer, customer_to_write
from profiles.models import Trait
from profiles.services import remove_tag, restore_tag

PAGE, PART = "storefront/privacy/your_data.html", "storefront/privacy/_your_data.html"


@never_cache
def your_data(request: ShopRequest) -> HttpResponse:
    """What the shop believes about whoever is looking, from what, and what they may do about it."""
    page = your_data_page(current_customer(request), shows_all="all" in request.GET)
    return render(request, PART if request.htmx else PAGE, {"page": page})


@require_POST
@at_most("120/h", method="POST")
def change_tag(request: ShopRequest) -> HttpResponse:
    """Take a tag away, or let it be told again; the next page obeys."""
    customer = current_customer(request)
    if customer is None:
        raise Http404
    tag = {"kind": request.POST.get("kind", ""), "key": request.POST.get("key", "")}
    if request.POST.get("action") == "restore":
        restore_tag(customer, **tag)
    else:
        get_object_or_404(Trait, **tag)
        remove_tag(customer, **tag)
    return your_data(request) if request.htmx else redirect("storefront:your_data")


@require_POST
@at_most("60/h", method="POST")
def consent(request: ShopRequest) -> HttpResponse:
    """Allow a purpose, or withdraw it."""
    if (purpose := request.POST.get("purpose", "")) not in Purpose.values:
        raise Http404
    is_granted = request.POST.get("is_granted") == "yes"
    change_consent(
        customer_to_write(request),
        purpose=purpose,
        is_granted=is_granted,
        source=ConsentChange.Source.SHOPPER,
    )
    return your_data(request) if request.htmx else redirect("storefront:your_data")


@require_POST
@at_most("60/h", method="POST")
def answer_notice(request: ShopRequest) -> HttpResponse:
    """What a visitor answers to the notice; it does not ask again."""
    is_granted = request.POST.get("answer") == "yes"
    for purpose in ASKED_FOR:
        change_consent(
            customer_to_write(request),
            purpose=purpose,
            is_granted=is_granted,
            source=ConsentChange.Source.NOTICE,
        )
    response = HttpResponseRedirect(safe_next(request, resolve_url("storefront:home")))
    mark_answered(response)
    return response


@require_POST
@at_most("10/h", method="POST")
def make_copy(request: ShopRequest) -> HttpResponse:
    """Ask for a copy of everything; it is made in the background."""
    start_export(customer_to_write(request))
    messages.success(request, _("Your copy is being made. It is on this page in a moment."))
    return redirect("storefront:your_data")


@never_cache
@at_most("60/h")
def copy(request: ShopRequest, token: str, name: str) -> HttpResponseBase:
    """A file of a copy, for whoever has its link; the link ends with the copy."""
    path = exported_file(token, name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"your-{name}")
