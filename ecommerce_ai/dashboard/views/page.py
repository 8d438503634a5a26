from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def office_render(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page inside the frame of the office: side bar, header, messages."""
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)
