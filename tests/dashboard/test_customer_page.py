"""All that is known about one customer: what it tells to whom."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer
from marketing.models import Recipient
from profiles.models import CustomerValue, Profile, RiskAssessment
from profiles.selectors.segments import parse_rules
from profiles.services.segments import save_segment
from support.models import Message
from tests.factories import (
    NOW,
    make_conversation,
    make_customer,
    make_event,
    make_interest,
    make_order,
    make_product,
    make_question,
    make_review,
    make_user,
)
from tests.marketing.campaigns import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Customer:
    """Somebody with a bit of everything."""
    ann = make_customer(name="Ann Reed", email="ann@shop.example", city="Lancaster", country="GB")
    mug = make_product(title="Harbour Mug")
    make_event(customer=ann, product=mug)
    make_order(customer=ann, lines=[(mug, 2)], number="N-1")
    make_review(customer=ann, product=mug, title="Warm")
    make_question(customer=ann, product=mug)
    make_interest(ann, "Stoneware")
    run = ModelRun.objects.create(name="value", kind="value")
    Profile.objects.create(
        customer=ann, order_count=1, net_spent=Decimal(20), last_order_at=NOW, currency="GBP", computed_at=NOW
    )
    CustomerValue.objects.create(
        customer=ann, currency="GBP", historic=20, predicted=61, predicted_low=40, predicted_high=90,
        expected_orders=2, churn_probability=0.2, churn_low=0.1, churn_high=0.3,
        model_run=run, computed_at=NOW,
    )  # fmt: skip
    RiskAssessment.objects.create(
        customer=ann, level="medium", score=0.5, assessed_at=NOW,
        facts=[{"code": "new_address", "sentiment": "negative", "values": {}}],
    )  # fmt: skip
    talk = make_conversation(customer=ann)
    Message.objects.create(conversation=talk, author="shopper", text="Where is my mug?")
    rules = {"groups": [{"conditions": [{"kind": "performed", "action": "view_item"}]}]}
    save_segment(name="Window shoppers", rules=parse_rules(rules))
    return ann


def page_for(role: str, customer: Customer, query: str = "") -> str:
    client = Client()
    client.force_login(make_user(role=role))
    return client.get(reverse("dashboard:customer", args=[customer.pk]) + query).content.decode()


PARTS = {
    "order": "Order N-1",
    "visit": "Looked at a product",
    "review": "Reviewed Harbour Mug",
    "interest": "Stoneware",
    "value": "£61.00",
    "risk": "an address where nothing was sent before",
    "segment": "Window shoppers",
    "conversation": "Where is my mug?",
}


@pytest.mark.parametrize(
    ("role", "told"),
    [("merchant", set(PARTS)), ("support agent", {"order", "review", "interest", "conversation"})],
)
def test_each_role_is_told_its_part(ann: Customer, role: str, told: set[str]) -> None:
    page = page_for(role, ann)
    assert {part for part, words in PARTS.items() if words in page} == told


def test_an_analyst_may_not_look_at_a_person(client: Client, ann: Customer) -> None:
    client.force_login(make_user(role="analyst"))
    pages = [reverse("dashboard:customers"), reverse("dashboard:customer", args=[ann.pk])]
    assert {client.get(page).status_code for page in pages} == {403}


def test_nothing_inferred_is_told_of_who_withdrew(ann: Customer) -> None:
    change_consent(
        ann, purpose=Purpose.PERSONALISATION, is_granted=False, source=ConsentChange.Source.SHOPPER
    )
    change_consent(ann, purpose=Purpose.ANALYTICS, is_granted=False, source=ConsentChange.Source.SHOPPER)
    page = page_for("merchant", ann)
    told = {part for part, words in PARTS.items() if words in page}
    assert told == {"order", "review", "risk", "conversation"}
    assert "Nothing is inferred about them" in page
    assert "Withdrawn: Personal suggestions" in page


def test_the_timeline_tells_what_campaigns_sent(client: Client, ann: Customer) -> None:
    place = Recipient.objects.create(
        campaign=make_campaign([ann], name="Autumn letter"), customer=ann, arm="written_to", status="sent",
        language="en", due_at=NOW, claimed_at=NOW, sent_at=NOW, clicked_at=NOW,
    )  # fmt: skip
    client.force_login(make_user(role="merchant"))
    page = client.get(reverse("dashboard:customer", args=[ann.pk])).content.decode()
    assert "Got “Autumn letter”" in page
    assert reverse("dashboard:campaign", args=[place.campaign_id]) in page
    client.force_login(make_user(role="support agent"))
    assert "Autumn letter" not in client.get(reverse("dashboard:customer", args=[ann.pk])).content.decode()


def test_the_timeline_goes_back_by_pages(ann: Customer) -> None:
    for hours in range(40):
        make_event(
            customer=ann, search_term=f"word {hours}", occurred_at=NOW - timedelta(days=9, hours=hours)
        )
    first = page_for("merchant", ann)
    assert "word 0" in first
    assert "word 39" not in first
    long_ago = (NOW - timedelta(days=9, hours=20)).isoformat().replace("+", "%2B")
    second = page_for("merchant", ann, f"?before={long_ago}")
    assert "word 39" in second
    assert "Order N-1" not in second
    assert "Order N-1" in page_for("merchant", ann, "?before=nonsense")


def test_a_merged_visitor_leads_to_who_they_became(client: Client, ann: Customer) -> None:
    client.force_login(make_user(role="merchant"))
    visitor = make_customer(merged_into=ann)
    response = client.get(reverse("dashboard:customer", args=[visitor.pk]))
    assert response["Location"] == reverse("dashboard:customer", args=[ann.pk])


@pytest.mark.parametrize("words", ["reed", "ANN@shop.example"])
def test_finds_customers_by_name_and_address(client: Client, ann: Customer, words: str) -> None:
    client.force_login(make_user(role="support agent"))
    make_customer(name="Somebody Else")
    found = client.get(reverse("dashboard:customers"), {"q": words}).context["page"].object_list
    assert list(found) == [ann]


def test_pages_cost_the_same_however_much_happened(
    client: Client, ann: Customer, assert_queries_do_not_grow: Callable[..., None]
) -> None:
    client.force_login(make_user(role="merchant"))

    def grow() -> None:
        for number in range(4):
            product = make_product()
            make_customer(name=f"Shopper {number}")
            make_event(customer=ann, product=product, occurred_at=timezone.now())
            order = make_order(customer=ann, lines=[(product, 1)])
            RiskAssessment.objects.create(order=order, level="low", score=0.1, assessed_at=NOW)
            make_review(customer=ann, product=product)
            make_conversation(customer=ann, status="closed", closed_at=NOW)
            make_interest(ann, f"Kind {number}{product.pk}")

    own_page = reverse("dashboard:customer", args=[ann.pk])
    assert_queries_do_not_grow(lambda: client.get(own_page), grow)
    assert_queries_do_not_grow(lambda: client.get(reverse("dashboard:customers")), grow)
