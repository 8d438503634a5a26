"""Somebody's copy of what we hold about them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from ecommerce_ai.jobs.progress import silent
from ecommerce_ai.privacy.models import ExportRequest
from ecommerce_ai.privacy.selectors import export_token, exported_file
from ecommerce_ai.privacy.services import start_export
from ecommerce_ai.privacy.services.export_files import drop_expired_exports
from ecommerce_ai.privacy.services.exporting import perform_export
from ecommerce_ai.privacy.services.retention import drop_what_is_old
from ecommerce_ai.shop.models import Customer, Event
from tests.factories import make_customer, make_event, make_order, make_review
from tests.privacy.planting import EMAIL, Garden, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(db: None) -> ExportRequest:
    customer, other = make_person(), make_customer(email="other@shop.example")
    Garden(customer).plant_all()
    make_review(customer=customer, body='=HYPERLINK("evil") <script>alert(1)</script>')
    make_review(customer=other, body="somebody else's words")
    make_order(customer=other, email="other@shop.example")
    request = start_export(customer)
    perform_export(silent, export=str(request.pk))
    request.refresh_from_db()
    return request


def read(request: ExportRequest, name: str) -> str:
    path = exported_file(export_token(request), name)
    assert path
    return path.read_text()


def test_it_holds_everything_of_the_person_and_nothing_of_others(copy: ExportRequest) -> None:
    content = json.loads(read(copy, "data.json"))
    tables = {part["table"]: part["rows"] for part in content["tables"]}
    assert {"customers", "orders", "events", "reviews", "profiles"} <= set(tables)
    assert EMAIL in read(copy, "data.json")
    for name in ("data.json", "data.html"):
        assert "other@shop.example" not in read(copy, name)
        assert "somebody else" not in read(copy, name)
    assert all("password" not in row for row in tables["users"])
    assert copy.rows == sum(len(rows) for rows in tables.values())


def test_what_people_wrote_runs_nowhere(copy: ExportRequest) -> None:
    page = read(copy, "data.html")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_link_is_signed_and_ends_with_the_copy(copy: ExportRequest) -> None:
    token = export_token(copy)
    assert exported_file(f"{token}x", "data.json") is None
    assert exported_file(token, "../data.json") is None
    ExportRequest.objects.filter(pk=copy.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert exported_file(token, "data.json") is None
    assert drop_expired_exports() == 2  # the planted one is old as well
    assert not (Path(settings.EXPORTS_ROOT) / str(copy.pk)).exists()


def test_a_copy_in_the_making_is_not_made_twice() -> None:
    customer = make_customer()
    assert start_export(customer) == start_export(customer)


def test_behaviour_and_nameless_visitors_go_with_age_and_customers_stay() -> None:
    old, now = timezone.now() - timedelta(days=800), timezone.now()
    loyal = make_customer(created_at=old)
    gone = make_customer(external_id=None, created_at=old)
    make_event(customer=loyal, occurred_at=old)
    make_event(customer=gone, occurred_at=old)
    kept = make_event(customer=loyal, occurred_at=now)
    order = make_order(customer=loyal, placed_at=old)
    dropped = drop_what_is_old()
    assert (dropped["shop.Event"], dropped["visitors"]) == (2, 1)
    assert (list(Event.objects.all()), list(Customer.objects.all())) == ([kept], [loyal])
    order.refresh_from_db()
    assert order.customer == loyal
