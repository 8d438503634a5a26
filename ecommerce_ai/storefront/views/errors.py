"""The pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_ratelimit.exceptions import Ratelimited

RETRY_AFTER_S = "60"


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, or 429 for whoever asked too often."""
    if isinstance(exception, Ratelimited):
        response = render(request, "429.html", status=429)
        response["Retry-After"] = RETRY_AFTER_S
        return response
    return render(request, "403.html", status=403)


def no_valid_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose secret is missing or old."""
    return render(request, "403_csrf.html", status=403)
