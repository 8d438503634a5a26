"""Customers, orders under plain names, events and reviews."""

import json
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ecommerce_ai.shop.models import Customer, Event, Order, Review
from ecommerce_ai.shop.services import merge_customers
from tests.factories import make_customer, make_product, make_review
from tests.shop.importing.files import counts, imported, reasons

pytestmark = pytest.mark.django_db
CUSTOMERS = "customer_id,email,name,country,birth_year,gender,created_at\n"


def test_it_imports_customers_and_changes_them(tmp_path: Path) -> None:
    ann = CUSTOMERS + "1,ann@x.example,Ann,Germany,1980,f,2025-01-01\n"
    assert counts(imported(tmp_path / "c.csv", ann, "customers")) == (1, 1, 0, 0, 0)
    customer = Customer.objects.get()
    assert (customer.country, customer.birth_year, customer.gender) == ("DE", 1980, "female")
    assert customer.created_at == datetime(2025, 1, 1, tzinfo=UTC)
    assert counts(imported(tmp_path / "c.csv", ann, "customers")) == (1, 0, 0, 1, 0)
    assert counts(imported(tmp_path / "c.csv", "id,city\n1,Berlin\n", "customers")) == (1, 0, 1, 0, 0)
    assert Customer.objects.values_list("name", "city", "created_at").get() == (
        "Ann",
        "Berlin",
        customer.created_at,
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",a@x.example,Ann,,,,", "external_id: missing"),
        ("1,nobody,Ann,,,,", "email: “nobody” is no e-mail address"),
        ("1,,Ann,Atlantis,,,", "country: “Atlantis” is no country"),
        ("1,,Ann,,1066,,", "birth_year: expected 1900 to 2100, found 1066"),
        ("1,,Ann,,,,then", "created_at: “then” is no time (expected ISO 8601)"),
    ],
)
def test_it_rejects_a_customer_with_the_reason(tmp_path: Path, row: str, reason: str) -> None:
    assert reasons(imported(tmp_path / "c.csv", f"{CUSTOMERS}{row}\n", "customers")) == {2: reason}
    assert not Customer.objects.exists()


ORDERS = "order_number,order_date,customer_id,sku,title,quantity,unit_price,currency,kind,country,email\n"


def test_it_imports_orders_under_plain_names(tmp_path: Path) -> None:
    head = "N1,2026-01-01T10:00:00Z,7"
    lines = f"{head},A,Mug,2,4.50,EUR,,Germany,ann@x.example\n{head},B,Cup,1,1,EUR,,Germany,\n"
    assert counts(imported(tmp_path / "o.csv", ORDERS + lines, "orders")) == (2, 2, 0, 0, 0)
    order = Order.objects.get()
    assert (order.total, order.currency, order.country) == (Decimal(10), "EUR", "DE")
    assert order.email == "ann@x.example"
    assert [line.product.title for line in order.lines.all() if line.product] == ["Mug", "Cup"]


def test_it_rejects_lines_that_contradict_their_order(tmp_path: Path) -> None:
    line = "N1,2026-01-01,,A,Mug,{},4.50,{},{},,\n"
    content = (
        ORDERS
        + line.format(1, "EUR", "sale")
        + line.format(1, "USD", "sale")
        + line.format(-1, "EUR", "cancellation")
    )
    done = imported(tmp_path / "o.csv", content, "orders")
    assert reasons(done) == {
        3: "order_number: order N1 is a sale in EUR, this line is not",
        4: "order_number: order N1 is a sale in EUR, this line is not",
    }
    assert Order.objects.get().total == Decimal("4.50")
    again = imported(tmp_path / "p.csv", ORDERS + line.format(-1, "EUR", "cancellation"), "orders")
    assert counts(again) == (1, 0, 0, 0, 1)
    assert Order.objects.get().kind == "sale"


@pytest.mark.parametrize(
    ("quantity", "price"),
    [("0", "1"), ("-1", "1"), ("1", "-1"), ("1", "NaN"), ("2000000000", "99"), ("1", "9999999999.99999")],
)
def test_it_rejects_amounts_that_cannot_be(tmp_path: Path, quantity: str, price: str) -> None:
    done = imported(tmp_path / "o.csv", f"{ORDERS}N1,2026-01-01,,A,Mug,{quantity},{price},EUR,,,\n", "orders")
    assert counts(done) == (1, 0, 0, 0, 1)
    assert not Order.objects.exists()


def test_it_gives_orders_to_the_customer_that_one_became(tmp_path: Path) -> None:
    target = make_customer(external_id="8")
    merge_customers(make_customer(external_id="7"), target=target)
    imported(tmp_path / "o.csv", f"{ORDERS}N1,2026-01-01,7,A,Mug,1,1,EUR,,,\n", "orders")
    assert Order.objects.get().customer == target


def test_it_imports_events_once(tmp_path: Path) -> None:
    mug = make_product(sku="A")
    content = (
        "event_id,name,customer_id,visitor_id,sku,quantity,value,occurred_at,search_term\n"
        f"e1,add_to_cart,7,,A,2,20.00,2026-01-01T10:00:00Z,\ne2,search,,{uuid.uuid4()},,,,2026-01-01T10:01:00Z,mugs\n"
        "e1,add_to_cart,7,,A,2,20.00,2026-01-01T10:00:00Z,\n,view_item,,v-9,GONE,,,2026-01-01T10:02:00Z,\n"
        "e5,scroll,,,,,,2026-01-01T10:02:00Z,\n"
    )
    done = imported(tmp_path / "e.csv", content, "events")
    assert counts(done) == (5, 3, 0, 1, 1)
    assert reasons(done) == {6: "name: “scroll” is none of the events that are kept"}
    added = Event.objects.get(name="add_to_cart")
    assert (added.product, added.value, added.currency) == (mug, Decimal(20), "GBP")
    assert added.customer == Customer.objects.get(external_id="7")
    assert Event.objects.get(name="view_item").properties == {"item_id": "GONE"}
    assert counts(imported(tmp_path / "e.csv", content, "events")) == (5, 0, 0, 4, 1)


BIGQUERY = {
    "event_name": "purchase",
    "event_timestamp": 1767261600000000,
    "user_pseudo_id": "123.456",
    "event_params": [
        {"key": "ga_session_id", "value": {"int_value": 99}},
        {"key": "currency", "value": {"string_value": "EUR"}},
    ],
    "ecommerce": {"transaction_id": "T1"},
    "items": [{"item_id": "A", "price": 5.5, "quantity": 2}, {"item_id": "B", "price": 1, "quantity": 1}],
}
PROTOCOL = {
    "client_id": "123.456",
    "timestamp_micros": "1767261600000000",
    "events": [
        {"name": "search", "params": {"search_term": "mugs"}},
        {"name": "view_item", "params": {"currency": "EUR", "items": [{"item_id": "A"}]}},
        {"name": "user_engagement", "params": {}},
    ],
}


def test_it_imports_a_bigquery_export_item_by_item(tmp_path: Path) -> None:
    mug = make_product(sku="A")
    content = json.dumps(BIGQUERY) + "\n" + json.dumps({**BIGQUERY, "items": 5}) + "\n"
    done = imported(tmp_path / "e.jsonl", content, "events")
    assert counts(done) == (3, 2, 0, 0, 1)
    assert reasons(done) == {2: ": not laid out as GA4 lays out events"}
    first = Event.objects.get(product=mug)
    assert (first.value, first.quantity, first.currency, first.session_id) == (Decimal(11), 2, "EUR", "99")
    assert (first.properties, first.occurred_at) == (
        {"transaction_id": "T1"},
        datetime(2026, 1, 1, 10, tzinfo=UTC),
    )
    assert Event.objects.values("customer").distinct().count() == 1
    assert counts(imported(tmp_path / "e.jsonl", content, "events")) == (3, 0, 0, 2, 1)


def test_it_imports_measurement_protocol_bodies(tmp_path: Path) -> None:
    done = imported(tmp_path / "e.json", json.dumps(PROTOCOL), "events")
    assert counts(done) == (3, 2, 0, 0, 1)
    assert set(Event.objects.values_list("name", "search_term")) == {("search", "mugs"), ("view_item", "")}


REVIEWS = "id,sku,rating,title,body,author,created_at\n"


def test_it_imports_reviews_of_products_that_are_here(tmp_path: Path) -> None:
    make_product(sku="A")
    content = (
        REVIEWS
        + "1,A,5,Fine,Warm,Ann,2026-01-01\n2,GONE,5,Fine,Warm,Ann,2026-01-01\n"
        + "3,A,6,,,,2026-01-01\n,A,4,,No id,,2026-01-02\n"
    )
    done = imported(tmp_path / "r.csv", content, "reviews")
    assert counts(done) == (4, 2, 0, 0, 2)
    assert reasons(done) == {3: "sku: no product has the SKU “GONE”", 4: "rating: expected 1 to 5, found 6"}
    assert counts(imported(tmp_path / "r.csv", content, "reviews")) == (4, 0, 0, 2, 2)


def test_it_leaves_a_hidden_review_hidden(tmp_path: Path) -> None:
    make_review(product=make_product(sku="A"), external_id="1", status="rejected")
    imported(tmp_path / "r.csv", f"{REVIEWS}1,A,1,Bad,Words,Ann,2026-01-01\n", "reviews")
    assert Review.objects.values_list("status", "body").get() == ("rejected", "Words")
