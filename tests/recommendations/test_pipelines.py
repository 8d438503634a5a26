"""Versions come to serve through gates, with a log, and go back by one click."""

from datetime import timedelta

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.models import (
    Impression,
    MerchandisingRule,
    Outcome,
    Pipeline,
    PipelineChange,
    RuleChange,
    Slot,
)
from recommendations.selectors.gates import off_policy_estimate
from recommendations.services import (
    drain_impressions,
    embed_products,
    ensure_pipeline,
    serve,
    shadow_impressions,
)
from recommendations.services.impression_rows import bucket_of
from recommendations.services.pipelines import GateClosed, go_live, roll_back, try_in_shadow
from recommendations.services.shadows import ONE_OF
from tests.factories import make_customer, make_event, make_product, make_user

pytestmark = pytest.mark.django_db


def test_the_first_version_serves_and_the_next_has_to_prove_itself() -> None:
    first = ensure_pipeline()
    assert ensure_pipeline() == first
    second = Pipeline.objects.create(name="Second")
    with pytest.raises(GateClosed, match="0 of 100 lists"):
        go_live(second, by=None)
    assert Pipeline.objects.live().get() == first


def test_rolling_back_lets_the_version_before_serve_and_logs_it() -> None:
    first, staff = ensure_pipeline(), make_user(role="merchant")
    second = Pipeline.objects.create(name="Second", live_since=timezone.now() - timedelta(days=9))
    go_live(second, by=staff)
    assert Pipeline.objects.live().get() == second
    assert roll_back(by=staff) == first
    assert roll_back(by=staff) == second
    last = PipelineChange.objects.first()
    assert last is not None
    assert (last.pipeline, last.previous, last.changed_by) == (second, first, staff)


def test_nothing_to_go_back_to_changes_nothing() -> None:
    first = ensure_pipeline()
    assert roll_back(by=None) is None
    assert Pipeline.objects.live().get() == first


def test_a_shadow_is_computed_beside_the_list_and_shown_to_nobody() -> None:
    for _ in range(4):
        make_product()
    ensure_pipeline()
    shadow = try_in_shadow(Pipeline.objects.create(name="Shadow", diversity=0.9), by=None)
    customers = [make_customer() for _ in range(40)]
    chosen = next(each for each in customers if bucket_of(each) % ONE_OF == 0)
    served = serve(Slot.FOR_YOU, customer=chosen, limit=3)
    assert shadow_impressions(drain_impressions()) == 1
    twin = Impression.objects.get(is_shadow=True)
    assert (twin.pipeline, twin.trace["shadow_of"]) == (shadow, str(served.impression_id))
    assert Impression.objects.served().count() == 1


def test_the_estimate_finds_the_better_version() -> None:
    """The shadow always shows the product that is clicked; the live version showed it by chance."""
    live, shadow = ensure_pipeline(), Pipeline.objects.create(name="Better", exploration=0.0)
    good, bad = make_product(), make_product()
    chance = np.random.default_rng(3)
    for _ in range(300):
        shown = good if chance.random() < 0.5 else bad
        impression = keep(live, shown.pk, propensity=0.5)
        twin = keep(shadow, good.pk, propensity=1.0)
        Impression.objects.filter(pk=twin.pk).update(is_shadow=True, trace={"shadow_of": str(impression.pk)})
        if shown == good and chance.random() < 0.4:
            Outcome.objects.create(
                impression=impression, product=good, position=1, kind="click", occurred_at=timezone.now()
            )
    found = off_policy_estimate(shadow)
    assert found is not None
    assert found.estimates["snipw"].value == pytest.approx(0.4, abs=0.1)
    assert found.estimates["snipw"].low > found.live_rate
    assert found.effective_rows == pytest.approx(150, abs=25)


def keep(pipeline: Pipeline, product_id: int, *, propensity: float) -> Impression:
    return Impression.objects.create(
        slot=Slot.FOR_YOU,
        pipeline=pipeline,
        bucket=0,
        product_ids=[product_id],
        scores=[1.0],
        propensities=[propensity],
        reason_codes=["popular"],
    )


@pytest.fixture
def as_merchant(client: Client) -> Client:
    client.force_login(make_user(role="merchant"))
    return client


def test_staff_see_the_trace_of_a_list_and_the_preview_of_a_shopper(
    as_merchant: Client, encoder: None
) -> None:
    products = [make_product(title=f"tea cup {colour}") for colour in ("red", "blue", "green")]
    embed_products()
    ensure_pipeline()
    customer = make_customer(email="ann@shop.example")
    make_event(customer=customer, product=products[0])
    MerchandisingRule.objects.create(name="Blue first", action="pin", product=products[1], position=1)
    served = serve(Slot.FOR_YOU, customer=customer, limit=3)
    drain_impressions()
    page = as_merchant.get(reverse("dashboard:impression", args=[served.impression_id])).content.decode()
    assert "Because you looked at tea cup red" in page
    assert "Pin to a position: Blue first" in page
    preview = as_merchant.get(reverse("dashboard:preview"), {"customer": "ann@shop.example"}).content.decode()
    assert "tea cup blue" in preview
    assert drain_impressions() == []
    nobody = as_merchant.get(reverse("dashboard:preview"), {"customer": "\x00'", "pipeline": "9" * 30})
    assert nobody.status_code == 200


def test_a_merchant_goes_live_and_back_in_the_office_and_others_do_not(as_merchant: Client) -> None:
    first = ensure_pipeline()
    second = Pipeline.objects.create(name="Second", live_since=timezone.now())
    address = reverse("dashboard:pipeline_change", args=[second.pk, "live"])
    analyst = Client()
    analyst.force_login(make_user(role="analyst"))
    assert analyst.post(address).status_code == 403
    as_merchant.post(address)
    assert Pipeline.objects.live().get() == second
    as_merchant.post(reverse("dashboard:pipeline_undo"))
    assert Pipeline.objects.live().get() == first
    assert as_merchant.post(reverse("dashboard:pipeline_change", args=[second.pk, "x"])).status_code == 404


def test_a_rule_is_logged_when_it_is_made_changed_and_removed(as_merchant: Client) -> None:
    address = reverse("admin:recommendations_merchandisingrule_add")
    form = {
        "name": "Less of it",
        "action": "bury",
        "strength": "0.5",
        "brand": "Tidewater",
        "is_active": "on",
    }
    assert as_merchant.post(address, form).status_code == 302
    rule = RuleChange.objects.get().rule_number
    as_merchant.post(reverse("admin:recommendations_merchandisingrule_change", args=[rule]), form)
    gone = reverse("admin:recommendations_merchandisingrule_delete", args=[rule])
    as_merchant.post(gone, {"post": "yes"})
    assert list(RuleChange.objects.order_by("id").values_list("action", flat=True)) == [
        "added",
        "changed",
        "deleted",
    ]
    last = reverse("admin:recommendations_rulechange_change", args=[RuleChange.objects.latest("id").pk])
    assert as_merchant.get(last).content.decode().count("Tidewater") == 1
