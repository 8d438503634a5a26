"""The needs in a sentence: whom it is for, what for, for how much, and what of the shop it names."""

from decimal import Decimal

import pytest

from profiles.ml.needs import Budget, Occasion, occasion_of
from profiles.models import Interest
from profiles.selectors.needs import needs_in
from profiles.services import refresh_profiles
from profiles.services.readings import refresh_readings
from tests.factories import make_category, make_customer, make_event, make_product


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "birthday present for my mum under £30",
            Occasion("mother", "birthday", True, Budget(most=Decimal(30))),
        ),
        ("Mother's Day flowers", Occasion(occasion="mothers-day")),
        (
            "something for a friend between 20 and 40",
            Occasion("friend", budget=Budget(Decimal(20), Decimal(40))),
        ),
        ("tent for 2 to 3 people under 5 kg", Occasion()),
        ("a friendly lamp", Occasion()),
        ("送给妈妈的生日礼物，预算200元", Occasion("mother", "birthday", True, Budget(most=Decimal(200)))),
        ("100元以内的圣诞装饰", Occasion(occasion="christmas", budget=Budget(most=Decimal(100)))),
        ("50到80元送同事", Occasion("colleague", budget=Budget(Decimal(50), Decimal(80)))),
        ("适合3个人的帐篷", Occasion()),
    ],
)
def test_it_reads_recipient_occasion_and_budget(text: str, expected: Occasion) -> None:
    assert occasion_of(text) == expected


@pytest.mark.django_db
def test_it_names_shelves_and_properties_of_the_shop_in_both_languages() -> None:
    shelf = make_category(name="Mugs", slug="mugs", translations={"zh-hans": {"name": "杯子"}})
    make_product(category=shelf, attributes={"material": "stoneware", "recipient": "mother"})
    refresh_profiles()
    english = needs_in("a stoneware mug for my mum, at most 20 pounds")
    assert [trait.key for trait in english.categories] == ["mugs"]
    assert "material:stoneware" in [trait.key for trait in english.attributes]
    assert (english.recipient, english.budget) == ("mother", Budget(most=Decimal(20)))
    assert [trait.key for trait in needs_in("给妈妈买个杯子", "zh-hans").categories] == ["mugs"]


@pytest.mark.django_db
def test_it_makes_a_search_for_somebody_a_theme_of_the_shopper() -> None:
    make_product(attributes={"recipient": "mother"})
    alice = make_customer()
    make_event(customer=alice, name="search", product=None, search_term="something for my mum")
    refresh_readings()
    refresh_profiles()
    assert Interest.objects.filter(customer=alice, trait__key="recipient:mother").exists()
