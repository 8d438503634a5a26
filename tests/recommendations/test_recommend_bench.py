"""The benchmark of lists, small: it fills a shop, and measures what it says."""

import pytest

from ecommerce_ai.api import bench_recommend
from ecommerce_ai.shop.models import Event
from recommendations.benchmarks.catalogue import fill_shop
from recommendations.models import CustomerRanking, ProductVector


@pytest.mark.django_db
def test_a_made_up_shop_is_measured_inside_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_recommend, "CALLS", 10)
    monkeypatch.setattr(bench_recommend, "WARM_UP", 2)
    fill_shop(300, events=2000)
    assert (ProductVector.objects.count(), Event.objects.count()) == (300, 2000)
    assert CustomerRanking.objects.exists()
    line = bench_recommend.inside_process(300)[0]
    assert line.ratio is not None
    assert line.value > 0
    assert line.ratio == pytest.approx(line.value / (line.baseline_value or 0))
