from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

OFFICE = {"admin", "dashboard"}


class OfficePolicyMiddleware:
    """Widens the Content-Security-Policy for pages of the office, and for no other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and OFFICE & set(match.namespaces):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response
