"""Tags of shoppers: what they did, aged, with the events that say so; and obeyed when taken back."""

from datetime import timedelta

import pytest

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Product
from profiles.models import Profile
from profiles.selectors import (
    interest_tags,
    products_of_removed_tags,
    profile_of,
    removed_tags,
    tag_products,
)
from profiles.services import refresh_profiles, remove_tag, restore_tag
from tests.factories import NOW, make_category, make_customer, make_event, make_order, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Product:
    return make_product(
        title="Harbour mug",
        brand="Kettle & Moor",
        category=make_category(name="Mugs", slug="mugs", translations={"zh-hans": {"name": "杯子"}}),
        attributes={"material": "stoneware", "colour": "sea", "recipient": "friend", "weight_g": 350},
    )


@pytest.fixture
def alice(mug: Product) -> Customer:
    alice = make_customer(name="Alice")
    make_order(customer=alice, lines=[(mug, 2)])
    for minute in range(4):
        make_event(customer=alice, product=mug, occurred_at=NOW + timedelta(minutes=minute))
    return alice


def keys(customer: Customer) -> set[tuple[str, str]]:
    return {(tag.kind, tag.key) for tag in interest_tags(customer)}


def test_it_tells_what_a_customer_likes_and_why(alice: Customer) -> None:
    refresh_profiles()
    assert {
        ("category", "mugs"),
        ("brand", "kettle & moor"),
        ("attribute", "material:stoneware"),
        ("colour", "sea"),
        ("theme", "recipient:friend"),
    } < keys(alice)
    tag = next(tag for tag in interest_tags(alice) if tag.kind == "category")
    assert tag.evidence.text == "1 order and 4 views"
    assert [event["source"] for event in tag.evidence.events].count("view") == 4
    assert 0.5 < tag.weight < 1


def test_it_lets_old_interests_fade(alice: Customer) -> None:
    refresh_profiles()
    fresh = interest_tags(alice)[0].weight
    make_event(customer=make_customer(), occurred_at=NOW + timedelta(days=90))
    refresh_profiles()
    assert interest_tags(alice)[0].weight == pytest.approx(fresh / (2 - fresh), rel=0.01)


def test_it_obeys_a_removed_tag_at_once_and_when_it_is_rebuilt(alice: Customer, mug: Product) -> None:
    refresh_profiles()
    remove_tag(alice, kind="colour", key="sea")
    assert ("colour", "sea") not in keys(alice)
    assert list(products_of_removed_tags(alice)) == [mug]
    Profile.objects.update(input_hash="")
    refresh_profiles()
    assert ("colour", "sea") not in keys(alice)
    assert [removal.key for removal in removed_tags(alice)] == ["sea"]
    assert restore_tag(alice, kind="colour", key="sea")
    assert ("colour", "sea") in keys(alice)


def test_it_tells_nothing_without_consent(alice: Customer) -> None:
    refresh_profiles()
    portrait = profile_of(alice)
    assert portrait is not None
    assert portrait.profile.order_count == 1
    change_consent(alice, purpose=Purpose.PERSONALISATION, is_granted=False, source="shopper")
    assert profile_of(alice) is None
    assert interest_tags(alice) == ()


def test_it_follows_a_change_of_the_catalogue(alice: Customer, mug: Product) -> None:
    refresh_profiles()
    mug.attributes = {"material": "oak"}
    mug.save()
    assert refresh_profiles()["refreshed"] == 1
    assert ("attribute", "material:oak") in keys(alice)
    assert not tag_products("attribute", "material:stoneware").exists()
