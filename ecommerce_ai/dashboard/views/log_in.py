from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_ratelimit.decorators import ratelimit

from ecommerce_ai.dashboard.views.page import office_render


def tried_name(_group: str, request: HttpRequest) -> str:
    return request.POST.get("username", "").strip().lower()


@ratelimit(key="ip", rate="20/5m", method="POST", block=False)
@ratelimit(key=tried_name, rate="10/5m", method="POST", block=False)
def log_in(request: HttpRequest) -> HttpResponse:
    """The admin's log-in with a limit on tries, for each address and for each name."""
    if getattr(request, "limited", False):
        context: dict[str, Any] = {"is_nav_sidebar_enabled": False}
        return office_render(request, "dashboard/too_many_tries.html", context, status=429)
    asked = request.GET.copy()
    asked.setdefault("next", reverse("admin:index"))
    request.GET = asked  # type: ignore[assignment]
    return admin.site.login(request)
