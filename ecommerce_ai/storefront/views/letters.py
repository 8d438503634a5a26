"""Where the links of a message lead. Their signed tokens say who follows them; no cookie is needed."""

import base64

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors.letters import preferences_page
from ecommerce_ai.storefront.visitors import is_robot
from marketing.selectors import links
from marketing.services import answers

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def token_of(_group: str, request: HttpRequest) -> str:
    """Mail providers unsubscribe many people from one address: the limit is on each link."""
    return request.path


def leaving_or_404(token: str) -> links.Leaving:
    leaving = links.read_leave_token(token)
    if leaving is None:
        raise Http404
    return leaving


@csrf_exempt  # RFC 8058: a mail program posts without cookies; the signed token is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("30/h", key=token_of, method="POST")
def leave(request: ShopRequest, token: str) -> HttpResponse:
    """No more of a channel. Opening the page changes nothing: scanners of mail open every link."""
    leaving = leaving_or_404(token)
    is_done = request.method == "POST"
    if is_done:
        answers.leave(leaving)
    page = preferences_page(leaving)
    return render(
        request, "storefront/letters/leave.html", {"page": page, "token": token, "is_done": is_done}
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_most("60/h", key=token_of, method="POST")
def preferences(request: ShopRequest, token: str) -> HttpResponse:
    """What the shop may send somebody, by channel."""
    leaving = leaving_or_404(token)
    if request.method == "POST":
        is_granted = request.POST.get("is_granted") == "yes"
        try:
            answers.set_preference(leaving, purpose=request.POST.get("purpose", ""), is_granted=is_granted)
        except ValueError as error:
            raise Http404 from error
        if not request.htmx:
            return redirect("storefront:preferences", token)
    template = "_preferences.html" if request.htmx else "preferences.html"
    context = {"page": preferences_page(leaving), "token": token}
    return render(request, f"storefront/letters/{template}", context)


@never_cache
@require_safe
def follow(request: ShopRequest, token: str) -> HttpResponse:
    """On to the page of ours that the signed link names; who only looks where it leads does not click."""
    if (target := links.read_follow_token(token)) is None:
        raise Http404
    recipient_id, path = target
    if request.method == "GET" and not is_robot(request):
        answers.note_click(recipient_id)
    return HttpResponseRedirect(path)


@never_cache
@require_safe
def opened(request: ShopRequest, token: str) -> HttpResponse:
    """A picture of one pixel, in letters to people who let the shop count."""
    if (recipient_id := links.read_open_token(token)) is None:
        raise Http404
    if request.method == "GET" and not is_robot(request):
        answers.note_open(recipient_id)
    return HttpResponse(PIXEL, content_type="image/gif")
