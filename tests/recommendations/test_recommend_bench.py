"""The benchmark of lists, small: it fills a shop, and measures what it says."""

import pytest

from ecommerce_ai.api import bench_recommend
from ecommerce_ai.shop.models import Customer, Event
from recommendations.benchmarks import catalogue
from recommendations.benchmarks.catalogue import fill_shop
from recommendations.models import CustomerRanking, ProductVector
from recommendations.selectors.prepared import meeting
from recommendations.selectors.versions import serving_now
from recommendations.services import ensure_pipeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_recommend, "CALLS", 10)
    monkeypatch.setattr(bench_recommend, "WARM_UP", 2)
    monkeypatch.setattr(bench_recommend, "ASKING", 20)
    monkeypatch.setattr(catalogue, "CUSTOMERS", 60)
    fill_shop(300, events=2000)


def test_a_made_up_shop_is_measured_inside_the_process(shop: None) -> None:
    assert (ProductVector.objects.count(), Event.objects.count()) == (300, 2000)
    assert CustomerRanking.objects.exists()
    line = bench_recommend.inside_process(300)[0]
    assert line.ratio is not None
    assert line.value > 0
    assert line.ratio == pytest.approx(line.value / (line.baseline_value or 0))


def test_some_shoppers_find_a_list_and_others_clicked_on_something_since(shop: None) -> None:
    pipeline, serving = ensure_pipeline(), serving_now()
    line, expecting, clicked = bench_recommend.lists_prepared(300)
    assert (len(expecting), len(clicked)) == (20, 20)
    assert line.value > 0

    def is_prepared(number: str) -> bool:
        customer = Customer.objects.get(external_id=number)
        return meeting(customer, 10, serving=serving, pipeline=pipeline).outline is not None

    assert all(map(is_prepared, expecting))
    assert not any(map(is_prepared, clicked))
