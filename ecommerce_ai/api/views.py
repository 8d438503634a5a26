from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ecommerce_ai.api.reference import operations_of
from ecommerce_ai.api.v1 import api


def docs(request: HttpRequest) -> HttpResponse:
    """The reference for people, from the same schema that programs read."""
    schema: dict[str, Any] = api.get_openapi_schema()
    context = {"info": schema["info"], "operations": operations_of(schema), "is_api_page": True}
    return render(request, "api/docs.html", context)
