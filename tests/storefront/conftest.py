"""A small shop: two shelves, a few goods, somebody with a log-in."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.test import Client

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Category, Product
from tests.factories import make_category, make_product, make_user


@dataclass(frozen=True)
class Shop:
    kitchen: Category
    mugs: Category
    mug: Product
    bowl: Product
    sold_out: Product


@pytest.fixture
def shop(db: None) -> Shop:
    chinese = {"zh-hans": {"name": "厨房"}}
    kitchen = make_category(name="Kitchen", slug="kitchen", translations=chinese)
    mugs = make_category(
        name="Mugs", slug="mugs", parent=kitchen, translations={"zh-hans": {"name": "马克杯"}}
    )
    mug = make_product(
        title="Harbour Mug",
        brand="Tidewater",
        category=mugs,
        price=Decimal("18.00"),
        attributes={"colour": "sea", "material": "stoneware", "weight_g": 360},
        translations={
            "zh-hans": {"title": "海港马克杯", "attributes": {"colour": "海蓝", "material": "炻器"}}
        },
    )
    bowl = make_product(
        title="Rice Bowl",
        brand="Ashdown",
        category=kitchen,
        price=Decimal("24.50"),
        attributes={"colour": "oat"},
    )
    sold_out = make_product(title="Tea Bowl", category=mugs, price=Decimal("31.00"), stock=0)
    return Shop(kitchen, mugs, mug, bowl, sold_out)


@pytest.fixture
def alice(db: None) -> User:
    return make_user(email="alice@shop.example", first_name="Alice")


@pytest.fixture
def eve(db: None) -> User:
    return make_user(email="eve@shop.example", first_name="Eve")


@pytest.fixture
def as_alice(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def as_eve(eve: User) -> Client:
    client = Client()
    client.force_login(eve)
    return client
