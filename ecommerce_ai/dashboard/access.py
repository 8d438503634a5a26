"""Who may open a page of the office."""

import functools
from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ecommerce_ai.accounts.models import User

Page = Callable[..., HttpResponseBase]


def office_page(permission: str) -> Callable[[Page], Page]:
    """A page for staff with this permission: others are asked to log in, or told that it is not theirs."""

    def declare(view: Page) -> Page:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return admin.site.admin_view(guarded)

    return declare


def member(request: HttpRequest) -> User:
    """Who asks for an `office_page`."""
    return cast("User", request.user)
