"""Errors as RFC 9457 problem documents: one shape for every refusal of the API."""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django_ratelimit.exceptions import Ratelimited
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

log = structlog.get_logger(__name__)
TITLES = {
    400: "Bad request",
    401: "No valid key",
    403: "The key may not do this",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    422: "Some values are not valid",
    429: "Too many requests",
    500: "Something broke on our side",
}


class Problem(Exception):
    """A refusal; `members` are added to the document."""

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.members = status, detail, members


def problem_response(status: int, detail: str = "", **members: Any) -> JsonResponse:
    """`type` is `about:blank`: the status says which kind it is, `detail` what was wrong this time."""
    title = TITLES.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {})}
    headers = {"Retry-After": "60"} if status == 429 else {}
    return JsonResponse(
        {**body, **members}, status=status, content_type="application/problem+json", headers=headers
    )


def not_found(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """For addresses below the API that lead nowhere."""
    return problem_response(404, f"There is nothing at {request.path}.")


def refused(request: HttpRequest, error: Problem) -> HttpResponse:
    return problem_response(error.status, error.detail, **error.members)


def no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem_response(401, "Send a valid key in the header X-API-Key.")


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"pointer": "/".join(["", *map(str, each["loc"][1:])]), "detail": each["msg"]}
        for each in error.errors
    ]
    return problem_response(422, errors=errors)


def nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(404, "Nothing has this number.")


def told(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(error.status_code, str(error))


def too_often(request: HttpRequest, error: Ratelimited) -> HttpResponse:
    return problem_response(429, "Wait a minute, or send more in one request.")


def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem_response(413, "The body is larger than the server takes.")


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("api_failed", path=request.path, exc_info=error)
    return problem_response(500)


HANDLERS: list[tuple[type[Exception], Callable[..., HttpResponse]]] = [
    (Problem, refused),
    (AuthenticationError, no_key),
    (ValidationError, invalid),
    (Http404, nothing),
    (HttpError, told),
    (Ratelimited, too_often),
    (RequestDataTooBig, too_big),
    (Exception, broken),
]


def add_handlers(api: NinjaAPI) -> None:
    """Every exception that a view of this API raises becomes a problem document."""
    for error, handler in HANDLERS:
        api.add_exception_handler(error, handler)
