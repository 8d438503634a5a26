"""The API under /api/v1/. A topic is a module with a router and one line here."""

from django.http import HttpRequest
from ninja import NinjaAPI

from ecommerce_ai.api.events import router as events
from ecommerce_ai.api.keys import Key
from ecommerce_ai.api.mail import router as mail
from ecommerce_ai.api.problems import add_handlers
from ecommerce_ai.api.recommendations import router as recommendations
from ecommerce_ai.api.webhooks import router as webhooks

api = NinjaAPI(
    title="ecommerce_ai",
    version="1",
    description=(
        "Programs send what shoppers do and read what the shop makes of it. "
        "Errors are RFC 9457 problem documents."
    ),
    urls_namespace="api-v1",
    openapi_url="/openapi.json",
    docs_url=None,  # ours is api/views.py: no foreign script, within the content policy
    auth=Key("read"),
)
add_handlers(api)
api.add_router("", events)
api.add_router("", webhooks)
api.add_router("", recommendations)
api.add_router("", mail)


@api.get("ping", auth=None, tags=["service"])
def ping(request: HttpRequest) -> dict[str, str]:
    """Whether the API answers; asks nothing of the database."""
    return {"status": "ok"}
