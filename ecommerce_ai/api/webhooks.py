import json
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from ecommerce_ai.api.keys import limit
from ecommerce_ai.api.problems import Problem
from ecommerce_ai.privacy.services import ErasureRefused
from ecommerce_ai.privacy.services.webhooks import TOPICS, WrongShop, is_signed, take_webhook

router = Router(tags=["webhooks"])


class Taken(Schema):
    """`is_new`: false for a request that was here before; nothing was done again."""

    is_new: bool


@router.post("webhooks/{path:topic}", auth=None, response=Taken)
def receive(request: HttpRequest, topic: str) -> dict[str, Any]:
    """Requests of another shop system, as Shopify sends them: `customers/data_request`, `customers/redact`,
    `shop/redact`.

    Signed in `X-Shopify-Hmac-Sha256`: base64 of the body's HMAC-SHA256 with `PRIVACY_WEBHOOK_SECRET`.
    """
    limit(request, group="webhooks", key="ip", rate="120/m")
    if not is_signed(request.body, request.headers.get("X-Shopify-Hmac-Sha256", "")):
        raise Problem(401, "The signature does not fit the body.")
    if topic not in TOPICS:
        raise Problem(404, f"Nothing listens to {topic[:60]}.")
    try:
        return {"is_new": take_webhook(topic, body=request.body, content=content_of(request.body))}
    except WrongShop as error:
        raise Problem(422, "This installation does not serve that shop.") from error
    except ErasureRefused as error:
        raise Problem(409, str(error)) from error


def content_of(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError as error:
        raise Problem(400, "The body is not JSON.") from error
    if not isinstance(content, dict) or not isinstance(content.get("customer") or {}, dict):
        raise Problem(400, "Expected a JSON object.")
    return content
