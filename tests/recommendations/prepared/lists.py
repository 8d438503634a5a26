"""What tests of prepared lists ask."""

from typing import Any

from ecommerce_ai.shop.models import Customer
from recommendations.selectors import Recommendation
from recommendations.selectors.prepared import meeting
from recommendations.selectors.versions import serving_now


def holds(customer: Customer, limit: int = 10) -> bool:
    serving = serving_now()
    assert serving.pipeline
    return meeting(customer, limit, serving=serving, pipeline=serving.pipeline).outline is not None


def as_told(items: list[Recommendation]) -> list[Any]:
    return [
        (item.product, round(item.score, 5), [(str(each.text), dict(each.evidence)) for each in item.reasons])
        for item in items
    ]
