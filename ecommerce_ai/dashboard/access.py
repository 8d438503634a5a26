"""Who may open a page of the office."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

Page = Callable[..., HttpResponse]


def office_page(permission: str) -> Callable[[Page], Page]:
    """A page for staff with this permission: others are asked to log in, or told that it is not theirs."""

    def declare(view: Page) -> Page:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return admin.site.admin_view(guarded)

    return declare
