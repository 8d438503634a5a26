"""Learned groups of a small demo: who is in them, what they are called, what a second refresh does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer
from profiles.models import Profile, Segment, SegmentMembership
from profiles.services.segments import learning, refresh_segments

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyers(db: None) -> list[Customer]:
    """Thirty who order often and lately, thirty new ones, thirty long not seen; their profiles only."""
    now = timezone.now()
    kinds = [(3, 25, 1500), (5, 1, 20), (300, 1, 20)]
    rows = [(days + n % 5, orders, spent + n) for days, orders, spent in kinds for n in range(30)]
    people = Customer.objects.bulk_create(Customer(created_at=now) for _ in rows)
    Profile.objects.bulk_create(
        Profile(
            customer=customer,
            order_count=orders,
            net_spent=spent,
            last_order_at=now - timedelta(days=days),
            last_active_at=now,
            computed_at=now,
        )
        for customer, (days, orders, spent) in zip(people, rows, strict=True)
    )
    return people


def groups() -> dict[str, int]:
    return dict(Segment.objects.learned().not_empty().values_list("key", "size"))


def test_buyers_are_grouped_named_and_kept(buyers: list[Customer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "SIZES", (3,))
    assert refresh_segments()["habits"]["entered"] == 90
    assert sorted(groups().values()) == [30, 30, 30]
    assert {"lapsed", "new"} <= set(groups())
    run = ModelRun.objects.live().get(name="segments by habits")
    assert run.metrics["metrics"]["stability"]["value"] > 0.9
    before = set(SegmentMembership.objects.values_list("pk", flat=True))
    assert refresh_segments()["habits"] == {"refitted": 0, "groups": 3, "entered": 0, "left": 0}
    assert set(SegmentMembership.objects.values_list("pk", flat=True)) == before


def test_names_survive_a_fit_on_more_buyers(buyers: list[Customer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "SIZES", (3,))
    refresh_segments()
    names = set(groups())
    gone = [customer.pk for customer in buyers if customer.pk % 4 == 0]
    Profile.objects.filter(customer__in=gone).delete()
    again = refresh_segments()["habits"]
    assert (again["refitted"], again["entered"], again["left"]) == (1, 0, len(gone))
    assert set(groups()) == names
    run = ModelRun.objects.live().get(name="segments by habits")
    assert run.metrics["metrics"]["ari_to_previous"]["value"] == 1.0
