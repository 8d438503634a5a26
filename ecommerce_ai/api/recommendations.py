from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from ecommerce_ai.api.keys import Key
from ecommerce_ai.api.problems import Problem
from ecommerce_ai.api.shoppers import named, products_named, shopper_named
from ecommerce_ai.shop.models import Customer
from recommendations.models import Slot
from recommendations.selectors import Reason, Recommendation
from recommendations.services import NotARefusal, Served, refuse_product, serve, strike_reason

router = Router(tags=["recommendations"])
MOST = 50
# What other programs call these places.
OTHER_NAMES = {"RELATED": Slot.SIMILAR, "COMPLEMENTARY": Slot.BOUGHT_TOGETHER}
Place = Literal[
    "for_you",
    "similar",
    "bought_together",
    "trending",
    "complete_basket",
    "email",
    "RELATED",
    "COMPLEMENTARY",
]
ABOUT_SOMETHING = {Slot.SIMILAR, Slot.BOUGHT_TOGETHER, Slot.COMPLETE_BASKET}


class Request(Schema):
    """`customer`: the shop's number; `session`: a visitor's id; `sku`: of the page, or of the basket."""

    customer: str = Field("", max_length=100)
    session: str = Field("", max_length=200)
    slot: Place = "for_you"
    limit: int = Field(10, ge=1, le=MOST)
    sku: list[str] = Field(default_factory=list, max_length=MOST)


class ReasonAnswer(Schema):
    code: str
    text: str
    evidence: dict[str, Any]
    subject: str


class Item(Schema):
    sku: str
    score: float
    reasons: list[ReasonAnswer]
    impression_id: UUID


class RefusalBody(Schema):
    """Either `sku` ("not for me"), or the `code` and `subject` of a reason that is struck out."""

    customer: str = Field("", max_length=100)
    session: str = Field("", max_length=200)
    sku: str = Field("", max_length=64)
    code: str = Field("", max_length=40)
    subject: str = Field("", max_length=800)


@router.get("recommendations", response=list[Item])
def recommendations(request: HttpRequest, asked: Query[Request]) -> HttpResponse:
    """The list of one place, best first, with reasons; clicks are counted for its `impression_id`.

    Send the id back in `properties.impression_id` of the `view_item` or `select_item` that follows.
    """
    slot = OTHER_NAMES.get(asked.slot) or Slot(asked.slot)
    if slot in ABOUT_SOMETHING and not asked.sku:
        raise Problem(422, f"The place “{asked.slot}” needs at least one “sku”.")
    served = serve(
        slot,
        customer=named(asked.customer, asked.session),
        limit=asked.limit,
        about=products_named(asked.sku) if asked.sku else (),
    )
    # As the schema says, but not read through it once more: lists are asked for at every page.
    return JsonResponse(items_of(served), safe=False)


@router.post("recommendations/refusals", auth=Key("write"), response={204: None})
def refuse(request: HttpRequest, body: RefusalBody) -> Status[None]:
    """What a shopper said they do not want: a product, or a reason. It holds with the next list."""
    customer = shopper_named(body.customer, body.session)
    if customer is None:
        raise Problem(404, "Nobody is known by this number.")
    keep_refusal(customer, body)
    return Status(204, None)


def keep_refusal(customer: Customer, body: RefusalBody) -> None:
    if body.sku:
        refuse_product(customer, product=products_named([body.sku])[0])
        return
    try:
        strike_reason(customer, code=body.code, subject=body.subject)
    except NotARefusal as error:
        raise Problem(422, str(error)) from error


def items_of(served: Served) -> list[dict[str, Any]]:
    impression_id = str(served.impression_id)
    return [as_item(item, impression_id) for item in served.items]


def as_item(item: Recommendation, impression_id: str) -> dict[str, Any]:
    return {
        "sku": item.product.sku,
        "score": round(item.score, 5),
        "reasons": [as_reason(reason) for reason in item.reasons],
        "impression_id": impression_id,
    }


def as_reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "text": str(reason.text),
        "evidence": dict(reason.evidence),
        "subject": reason.subject,
    }
