import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecommerce_ai.office.export import csv_cell
from tests.factories import make_product, make_user


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert csv_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("plain", "plain"),
        (Decimal("-12.00"), Decimal("-12.00")),
        (-3, -3),
        (None, ""),
        (datetime(2026, 6, 1, 12, tzinfo=UTC), "2026-06-01T12:00:00+00:00"),
    ],
)
def test_other_values_stay_what_they_are(value: Any, cell: Any) -> None:
    assert csv_cell(value) == cell


@pytest.mark.django_db
def test_an_analyst_exports_products(client: Client) -> None:
    client.force_login(make_user(role="analyst"))
    product = make_product(sku="A-1", title='=HYPERLINK("http://x")', brand="陶瓷")
    data = {"action": "export_csv", "_selected_action": [product.pk]}
    response = client.post(reverse("admin:shop_product_changelist"), data)
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    row = next(csv.DictReader(io.StringIO(text)))
    assert response["Content-Disposition"] == 'attachment; filename="products.csv"'
    assert (row["sku"], row["title"], row["brand"]) == ("A-1", '\'=HYPERLINK("http://x")', "陶瓷")
    assert row["price"] == "10.00"
