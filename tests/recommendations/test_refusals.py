"""What a shopper refuses is gone from the next list on, and what is named as the reason is the reason."""

import pytest

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Product
from ecommerce_ai.shop.services import merge_customers
from recommendations.models import Refusal
from recommendations.selectors import Recommendation, recommended_for
from recommendations.services import (
    NotARefusal,
    allow_product,
    embed_products,
    refuse_product,
    restore_reason,
    strike_reason,
)
from tests.factories import make_customer, make_event, make_product

pytestmark = pytest.mark.django_db

KINDS = ("wool scarf", "tea cup", "oak chair", "brass lamp", "glass bowl", "paper kite")
COLOURS = ("red", "blue", "green", "white", "black", "brown", "pink", "grey", "gold", "plum")


@pytest.fixture
def shop(encoder: None) -> list[Product]:
    products = [make_product(title=f"{kind} {colour}") for kind in KINDS for colour in COLOURS]
    embed_products()
    return products


@pytest.fixture
def shopper(shop: list[Product]) -> Customer:
    """Looked at a scarf and at two cups."""
    customer = make_customer()
    for product in (shop[0], shop[10], shop[11]):
        make_event(customer=customer, product=product)
    return customer


def titles(items: list[Recommendation]) -> list[str]:
    return [item.product.title for item in items]


def test_not_for_me_takes_one_product_out_and_can_be_undone(shopper: Customer) -> None:
    before = titles(recommended_for(shopper, 5))
    product = recommended_for(shopper, 1)[0].product
    refuse_product(shopper, product=product)
    refuse_product(shopper, product=product)
    assert product.title not in titles(recommended_for(shopper, 20))
    allow_product(shopper, product=product)
    assert titles(recommended_for(shopper, 5)) == before


def test_striking_the_named_reason_lowers_the_product(shopper: Customer) -> None:
    """Each of the first ten, for its own reason; the share on the demo shop is in the README."""
    items = recommended_for(shopper, 10)
    for rank, item in enumerate(items):
        strike_reason(shopper, code=item.reason.code, subject=item.reason.subject)
        after = titles(recommended_for(shopper, 10))
        assert item.product.title not in after[: rank + 1]
        restore_reason(shopper, code=item.reason.code, subject=item.reason.subject)
    assert titles(recommended_for(shopper, 10)) == titles(items)


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("popular", ""),
        ("because_view_item", ""),
        ("because_view_item", "999999"),
        ("because_view_item", "1; DROP TABLE"),
        ("likes_colour", "brand:x"),
        ("likes_colour", ""),
        ("nonsense", "1"),
    ],
)
def test_only_personal_reasons_about_what_is_there_can_be_struck(
    shopper: Customer, code: str, subject: str
) -> None:
    with pytest.raises(NotARefusal):
        strike_reason(shopper, code=code, subject=subject)
    assert not Refusal.objects.exists()


def test_without_consent_nothing_personal_is_shown_and_with_it_again(shopper: Customer) -> None:
    personal = titles(recommended_for(shopper, 5))
    change_consent(
        shopper, purpose=Purpose.PERSONALISATION, is_granted=False, source=ConsentChange.Source.SHOPPER
    )
    assert {item.reason.code for item in recommended_for(shopper, 5)} <= {"popular", "new"}
    change_consent(
        shopper, purpose=Purpose.PERSONALISATION, is_granted=True, source=ConsentChange.Source.SHOPPER
    )
    assert titles(recommended_for(shopper, 5)) == personal


def test_a_visitor_who_logs_in_keeps_what_they_refused(shop: list[Product]) -> None:
    visitor, customer = make_customer(), make_customer()
    refuse_product(visitor, product=shop[0])
    refuse_product(customer, product=shop[0])
    strike_reason(visitor, code="because_view_item", subject=str(shop[1].pk))
    merge_customers(visitor, target=customer)
    assert set(Refusal.objects.values_list("code", "product")) == {
        ("not_for_me", shop[0].pk),
        ("because_view_item", shop[1].pk),
    }
    assert not Refusal.objects.filter(customer=visitor).exists()
