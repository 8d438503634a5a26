import uuid
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.visitors import set_visitor_cookie, visitor_id_of


class VisitorMiddleware:
    """Sets `request.visitor_id`, and gives a browser without a visitor cookie a signed one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain_request: HttpRequest) -> HttpResponse:
        request = cast("ShopRequest", plain_request)
        known = visitor_id_of(request)
        request.visitor_id = known or uuid.uuid4()
        request.needs_new_visitor = known is None
        response = self.get_response(request)
        if request.needs_new_visitor and is_page(response):
            set_visitor_cookie(response, request.visitor_id)
        return response


def is_page(response: HttpResponse) -> bool:
    """Pages and the redirects between them; not pictures, not answers to programs."""
    return 300 <= response.status_code < 400 or response.get("Content-Type", "").startswith("text/html")
