from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse


def health(request: HttpRequest) -> JsonResponse:
    """200 when the database and the cache answer; `serve` and load balancers ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.set("health", 1, timeout=10)
    return JsonResponse({"status": "ok"})
