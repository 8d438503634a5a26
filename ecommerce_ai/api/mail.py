import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, ValidationError

from ecommerce_ai.api.keys import limit
from ecommerce_ai.api.problems import Problem
from ecommerce_ai.privacy.services.webhooks import is_signed_with
from marketing.services.answers import take_reports, take_returned_mail

router = Router(tags=["mail"])
MAX_REPORTS = 1000


class Report(Schema):
    """What became of a message: `bounce` or `complaint`. Its number is the `Message-ID` that we gave it."""

    message_id: str = Field(max_length=300)
    kind: str = Field(pattern="^(bounce|complaint)$")
    is_permanent: bool = False


class Reports(Schema):
    events: list[Report] = Field(max_length=MAX_REPORTS)


class Kept(Schema):
    """How many reports told something new."""

    new: int


@router.post("mail/returned", auth=None, response=Kept)
def returned(request: HttpRequest) -> dict[str, Any]:
    """What mail servers report: JSON (`{"events": [{"message_id", "kind", "is_permanent"}]}`), or a delivery
    status or complaint as it came (RFC 3464, RFC 5965; `Content-Type: message/rfc822`).

    Signed in `X-Signature-Sha256`: base64 of the body's HMAC-SHA256 with `MARKETING_WEBHOOK_SECRET`.
    """
    limit(request, group="mail", key="ip", rate="600/m")
    body, signature = request.body, request.headers.get("X-Signature-Sha256", "")
    if not is_signed_with(settings.MARKETING_WEBHOOK_SECRET, body=body, signature=signature):
        raise Problem(401, "The signature does not fit the body.")
    if request.content_type == "message/rfc822":
        return {"new": int(take_returned_mail(body))}
    return {"new": take_reports([report.dict() for report in reports_in(body)])}


def reports_in(body: bytes) -> list[Report]:
    try:
        return Reports.model_validate(json.loads(body)).events
    except (ValidationError, ValueError) as error:
        raise Problem(400, "Expected JSON with a list of events, or message/rfc822.") from error
