import hashlib
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Max, Sum

from ecommerce_ai.accounts.models import User
from ecommerce_ai.accounts.services import sync_roles
from ecommerce_ai.demo.services import ShopNotEmpty, create_logins, seed_shop
from ecommerce_ai.demo.simulation.year import Year
from ecommerce_ai.shop.models import (
    Category,
    Customer,
    Event,
    Order,
    OrderLine,
    PriceChange,
    Product,
    Promotion,
    Question,
    Review,
    Shipment,
)

ANCHOR = datetime(2026, 11, 20, tzinfo=UTC)
TABLES = [
    Category,
    Product,
    PriceChange,
    Promotion,
    Customer,
    Order,
    OrderLine,
    Shipment,
    Event,
    Review,
    Question,
]


def fingerprint() -> dict[str, str]:
    """A hash of every table, in the order of ids."""
    prints = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            dump = StringIO()
            cursor.copy_expert(f"COPY (SELECT * FROM {model._meta.db_table} ORDER BY id) TO STDOUT", dump)  # noqa: S608
            prints[model._meta.db_table] = hashlib.sha256(dump.getvalue().encode()).hexdigest()
    return prints


def empty_the_shop() -> None:
    names = ", ".join(model._meta.db_table for model in TABLES)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


def test_it_writes_the_same_bytes_twice(db: None, media_folder: Path) -> None:
    empty_the_shop()
    seed_shop(ANCHOR, customers=50)
    first = fingerprint()
    empty_the_shop()
    seed_shop(ANCHOR, customers=50)
    assert fingerprint() == first


def test_it_writes_everything_that_was_simulated(seeded: Year) -> None:
    assert Product.objects.count() == len(seeded.products)
    assert Event.objects.count() == len(seeded.happenings)
    assert Order.objects.sales().count() == len(seeded.fates)
    assert Review.objects.count() == len(seeded.opinions)
    assert Question.objects.count() == len(seeded.queries)
    assert Customer.objects.current().count() == len(seeded.people)
    assert Promotion.objects.count() == len(seeded.sales)


def test_every_price_there_ever_was_has_its_change(seeded: Year) -> None:
    ids = dict(Product.objects.values_list("sku", "id"))
    kept = {(change.product_id, change.changed_at, change.price) for change in PriceChange.objects.all()}
    expected = {
        (ids[product.sku], seeded.clock.at(time), price)
        for product, history in zip(seeded.products, seeded.histories, strict=True)
        for time, price in history.steps
    }
    assert kept == expected


def test_every_price_stands_as_its_last_change_says(seeded: Year) -> None:
    last = PriceChange.objects.order_by("product_id", "-changed_at").distinct("product_id")
    assert dict(last.values_list("product_id", "price")) == dict(Product.objects.values_list("id", "price"))


def test_totals_are_the_sum_of_their_lines(seeded: Year) -> None:
    wrong = Order.objects.annotate(sum=Sum(F("lines__quantity") * F("lines__unit_price"))).exclude(
        sum=F("total")
    )
    assert wrong.count() == 0


def test_new_rows_get_ids_after_the_demo(seeded: Year) -> None:
    highest = Customer.objects.aggregate(highest=Max("id"))["highest"]
    assert Customer.objects.create(created_at=ANCHOR).pk == highest + 1


def test_every_product_and_category_has_its_picture_in_the_media_folder(
    seeded: Year, media_folder: Path
) -> None:
    images = [
        *Product.objects.values_list("image", flat=True),
        *Category.objects.values_list("image", flat=True),
    ]
    assert [image for image in images if not (media_folder / image).is_file()] == []
    assert (media_folder / "hero.svg").is_file()


def test_the_hidden_truth_is_in_no_table(seeded: Year) -> None:
    """Tastes, qualities and companions are no facts: attributes name what a label would name, and no more."""
    named = {key for attributes in Product.objects.values_list("attributes", flat=True) for key in attributes}
    assert named == {
        "material", "colour", "dimensions_cm", "weight_g", "capacity_ml", "care", "occasion", "recipient",
    }  # fmt: skip
    keys = {key for properties in Event.objects.values_list("properties", flat=True) for key in properties}
    assert keys == {"channel", "device", "language", "transaction_id"}


def test_it_makes_a_login_for_each_role_and_gives_the_shopper_a_past(seeded: Year) -> None:
    logins = {login.role: login for login in create_logins()}
    assert set(logins) == {"administrator", "merchant", "support agent", "analyst", "shopper"}
    for role in ("merchant", "support agent", "analyst"):
        user = User.objects.get(email=logins[role].email)
        assert [group.name for group in user.groups.all()] == [role]
        assert user.is_staff
        assert not user.is_superuser
        assert user.check_password(logins[role].password)
    shopper = User.objects.get(email=logins["shopper"].email)
    assert not shopper.is_staff
    customer = Customer.objects.get(user=shopper)
    assert Order.objects.filter(customer=customer).count() >= 3
    assert Event.objects.filter(customer=customer).exists()


def test_the_command_says_already_there_and_changes_nothing(db: None, media_folder: Path) -> None:
    sync_roles()
    call_command("seed_demo", "--anchor", "2026-11-20", "--customers", "20", stdout=StringIO())
    before, users, second = fingerprint(), User.objects.count(), StringIO()
    call_command("seed_demo", stdout=second)
    assert "already there" in second.getvalue()
    assert fingerprint() == before
    assert User.objects.count() == users == 5


def test_it_stays_out_of_a_production_shop(db: None, settings: LazySettings) -> None:
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo", stdout=StringIO())
    assert not Product.objects.exists()
    assert not User.objects.exists()


def test_it_stays_out_of_a_shop_with_goods_of_its_own(db: None) -> None:
    Product.objects.create(sku="REAL-1", title="A real thing", price=1, currency="GBP")
    with pytest.raises(ShopNotEmpty):
        seed_shop(ANCHOR, customers=10)
    assert list(Product.objects.values_list("sku", flat=True)) == ["REAL-1"]
