"""Who withdraws consent is nobody in particular with the next request, wherever the shop was personal."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from ecommerce_ai.api.services import create_key
from ecommerce_ai.privacy.selectors import allowed_customers
from ecommerce_ai.shop.models import Customer, Event, Product
from profiles.ml.segments.rules import parse_rules
from profiles.models import Segment, Taste
from profiles.selectors import profile_of
from profiles.selectors.segments import current_members
from profiles.services import refresh_profiles
from profiles.services.segments import save_segment
from recommendations.models import DIMENSIONS, ProductVector
from recommendations.services import drain_impressions, index_products
from support.models import Conversation
from support.selectors.desk import case_file
from support.services.suggesting import suggest_products
from tests.factories import NOW, make_category, make_product, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(db: None) -> list[Product]:
    shelf = make_category(name="Mugs", slug="mugs")
    return [make_product(title=f"Mug {number}", category=shelf) for number in range(4)]


@pytest.fixture
def shopper(client: Client, goods: list[Product]) -> Customer:
    for product in goods[:2]:
        client.get(f"/products/{product.pk}/")
    return Customer.objects.get()


def answer(client: Client, purpose: str, word: str) -> None:
    """As the switch on the shopper's own page sends it."""
    given = {"purpose": purpose, "is_granted": word}
    assert client.post("/your-data/consent/", given).status_code == 302


def recent_on_home(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    return client.get("/").context["page"].recent


def beside_a_product(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    page = client.get(f"/products/{goods[3].pk}/").context["page"]
    return page.recent


def profile(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    return profile_of(shopper)


def audience(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    return list(allowed_customers("personalisation").filter(pk=shopper.pk))  # type: ignore[arg-type]


def asked_by_key(client: Client, address: str) -> Any:
    _, secret = create_key("reader", scopes=["read"])
    return client.get(address, headers={"X-API-Key": secret}).json()


def unlike_a_strangers_list(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    """By the road that clients of Gorse take; it knows customers by the shop's own numbers."""
    Customer.objects.filter(pk=shopper.pk).update(external_id="known")
    lists = [asked_by_key(client, f"/api/recommend/{who}?n=4") for who in ("known", "nobody")]
    return lists[0] != lists[1]


def personal_reasons_of_the_api(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    items = asked_by_key(client, f"/api/v1/recommendations?session={shopper.visitor_id}&slot=for_you")
    return [each for item in items for each in item["reasons"] if each["code"] not in ("popular", "new")]


def office_page(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    """What staff read of a customer: profile, tags, what the shop would show."""
    page = staff().get(reverse("dashboard:customer", args=[shopper.pk])).context["page"]
    return (page.profile or page.tags or page.recommended) and page.is_personal


def exported_profiles(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    data = {"action": "export_csv", "_selected_action": [shopper.pk]}
    response = staff().post(reverse("admin:profiles_profile_changelist"), data)
    rows = b"".join(getattr(response, "streaming_content", [])).decode().splitlines()[1:]
    return [row for row in rows if row.startswith(f"{shopper.pk},")]


def segment_members(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    return list(current_members(Segment.objects.get()).filter(pk=shopper.pk))


def staff() -> Client:
    client = Client()
    client.force_login(make_user(role="merchant"))
    return client


def suggested_by_support(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    return suggest_products("qqqq", customer=shopper, action="suggest")


def shown_to_the_desk(client: Client, shopper: Customer, goods: list[Product]) -> Any:
    client.get("/")
    drain_impressions()
    talk, _ = Conversation.objects.get_or_create(customer=shopper)
    return case_file(talk).shown


CONSUMERS: list[Callable[[Client, Customer, list[Product]], Any]] = [
    recent_on_home,
    beside_a_product,
    audience,
    suggested_by_support,
    shown_to_the_desk,
]


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_it_is_personal_until_consent_is_withdrawn_and_again_when_it_is_back(
    client: Client, shopper: Customer, goods: list[Product], consumer: Callable[..., Any]
) -> None:
    assert consumer(client, shopper, goods)
    answer(client, "personalisation", "no")
    assert not consumer(client, shopper, goods)
    answer(client, "personalisation", "yes")
    assert consumer(client, shopper, goods)


def test_search_goes_by_taste_until_consent_is_withdrawn_and_again_when_it_is_back(
    client: Client, shopper: Customer, goods: list[Product]
) -> None:
    index_products()
    last = client.get("/search/?q=mug").context["page"].results.product_ids[-1]
    liked, other = np.eye(DIMENSIONS, dtype=np.float32)[:2]
    for product in goods:
        embedding = liked if product.pk == last else other
        ProductVector.objects.create(product=product, embedding=embedding, encoder="any")
    Taste.objects.create(customer=shopper, embedding=liked, encoder="any", computed_at=NOW)

    def is_personal() -> bool:
        return bool(client.get("/search/?q=mug").context["page"].results.is_personal)

    assert is_personal()
    answer(client, "personalisation", "no")
    assert not is_personal()
    answer(client, "personalisation", "yes")
    assert is_personal()


@pytest.mark.parametrize("consumer", [profile, office_page, exported_profiles, segment_members])
def test_what_was_inferred_is_told_until_consent_is_withdrawn_and_again_when_it_is_back(
    client: Client, shopper: Customer, goods: list[Product], consumer: Callable[..., Any]
) -> None:
    refresh_profiles()
    looked = {"kind": "performed", "action": "view_item"}
    save_segment(name="Lookers", rules=parse_rules({"groups": [{"conditions": [looked]}]}))
    assert consumer(client, shopper, goods)
    answer(client, "personalisation", "no")
    assert not consumer(client, shopper, goods)
    answer(client, "personalisation", "yes")
    assert consumer(client, shopper, goods)


@pytest.mark.parametrize("consumer", [personal_reasons_of_the_api, unlike_a_strangers_list])
def test_the_api_is_personal_until_consent_is_withdrawn_and_again_when_it_is_back(
    client: Client, shopper: Customer, goods: list[Product], consumer: Callable[..., Any]
) -> None:
    """All but the newest are like what the shopper looked at."""
    for product in goods:
        embedding = np.eye(DIMENSIONS, dtype=np.float32)[int(product == goods[3])]
        ProductVector.objects.create(product=product, embedding=embedding, encoder="any")
    assert consumer(client, shopper, goods)
    answer(client, "personalisation", "no")
    assert not consumer(client, shopper, goods)
    answer(client, "personalisation", "yes")
    assert consumer(client, shopper, goods)


def test_the_next_visit_leaves_no_trace_without_analytics(
    client: Client, shopper: Customer, goods: list[Product]
) -> None:
    before = Event.objects.count()
    answer(client, "analytics", "no")
    client.get(f"/products/{goods[2].pk}/")
    client.get("/search/?q=mug")
    assert Event.objects.count() == before
