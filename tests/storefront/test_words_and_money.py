"""The pure parts: prices, bands, filters, words for attributes, delivery, pictures."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.http import QueryDict
from django.utils.translation import override
from PIL import Image

from ecommerce_ai.shop.prices import PriceSince, old_price
from ecommerce_ai.storefront.delivery import delivery_window
from ecommerce_ai.storefront.filters import PriceBand, filters_from
from ecommerce_ai.storefront.money import format_money
from ecommerce_ai.storefront.pictures import picture_of, variant_file
from ecommerce_ai.storefront.price_bands import nice_limit, round_limits
from ecommerce_ai.storefront.vocabulary import facts
from tests.factories import NOW


def since(price: str, days_ago: int) -> PriceSince:
    return PriceSince(Decimal(price), NOW - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([since("20", 100)], None),
        ([since("20", 100), since("15", 5)], "20"),
        ([since("10", 100), since("20", 10), since("15", 5)], None),  # raised to be lowered
        ([since("18", 100), since("20", 10), since("15", 5)], "18"),
        ([since("10", 200), since("20", 100), since("15", 5)], "20"),
        ([since("20", 200), since("15", 100)], None),  # no longer news
        ([since("10", 100), since("15", 5)], None),  # went up
    ],
)
def test_the_old_price_is_the_lowest_of_thirty_days(history: list[PriceSince], expected: str | None) -> None:
    price = history[-1].price
    assert old_price(history, price=price, now=NOW) == (expected and Decimal(expected))


@pytest.mark.parametrize(
    ("price", "limit"),
    [("18.95", "20"), ("137", "150"), ("0.83", "0.8"), ("0", "0"), ("9.99", "10"), ("5400", "5000")],
)
def test_limits_are_round(price: str, limit: str) -> None:
    assert nice_limit(Decimal(price)) == Decimal(limit)


def test_limits_rise_and_differ() -> None:
    assert round_limits([Decimal(19), Decimal("20.5"), None, Decimal(80)]) == [Decimal(20), Decimal(80)]


@pytest.mark.parametrize("text", ["", "-", "a-b", "5", "NaN-", "-Infinity", "-1e30", "--", "1-2-3"])
def test_a_price_that_is_none_narrows_nothing(text: str) -> None:
    assert PriceBand.parse(text) is None


def test_filters_survive_hostile_addresses() -> None:
    given = QueryDict(mutable=True)
    given.setlist("colour", ["\x00", "x" * 9999, *map(str, range(500))])
    filters = filters_from(given)
    assert len(filters.chosen["colour"]) <= 20
    assert max(map(len, filters.chosen["colour"])) == 200


@pytest.mark.parametrize(
    ("language", "currency", "text"),
    [
        ("en", "GBP", "£1,234.50"),
        ("zh-hans", "CNY", "¥1,234.50"),
        ("zh-hans", "USD", "US$1,234.50"),
        ("en", "JPY", "¥1,234"),
    ],
)
def test_money_reads_like_money(language: str, currency: str, text: str) -> None:
    with override(language):
        assert format_money(Decimal("1234.50"), currency) == text


def test_facts_have_units_and_words() -> None:
    given = {
        "weight_g": 1340,
        "is_new": True,
        "colour": "sea",
        "sizes": ["s", "m"],
        "empty": None,
        "deep": {"a": 1},
    }
    told = {"zh-hans": {"attributes": {"colour": "海蓝"}}}
    assert facts(given, told) == [
        ("Weight", "1340 g"),
        ("Is new", "Yes"),
        ("Colour", "Sea"),
        ("Sizes", "S, M"),
    ]
    with override("zh-hans"):
        assert dict(facts({"colour": "sea"}, told)).popitem()[1] == "海蓝"


def test_parcels_do_not_come_at_weekends() -> None:
    friday = date(2026, 11, 20)
    assert delivery_window(friday, working_days=(1, 2)) == (date(2026, 11, 23), date(2026, 11, 24))


def test_photographs_come_in_three_widths(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    Image.new("RGBA", (1600, 2000), "red").save(tmp_path / "a b.png")
    assert picture_of("a b.png").srcset.count("w") >= 3
    file = variant_file("a b.png", width=320)
    assert file is not None
    with Image.open(file) as made:
        assert (made.format, made.width) == ("WEBP", 320)


@pytest.mark.parametrize("image", ["../secret.png", "/etc/passwd", "a.svg", "missing.png", "x\x00.png", ""])
def test_nothing_outside_the_media_folder_is_a_picture(settings: object, tmp_path: Path, image: str) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    Image.new("RGB", (10, 10)).save(tmp_path / "secret.png")
    assert variant_file(image, width=320) is None


def test_other_shops_pictures_and_drawings_stay_as_they_are() -> None:
    assert picture_of("https://cdn.example/a.jpg").src == "https://cdn.example/a.jpg"
    assert picture_of("products/a.svg").src == "/media/products/a.svg"
    assert "placeholder" in picture_of("http://plain.example/a.jpg").src
    assert "placeholder" in picture_of("").src
