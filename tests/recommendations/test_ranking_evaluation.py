import csv
import gzip
from pathlib import Path

import pytest

from recommendations.evaluations.orders import load_orders
from recommendations.evaluations.recommendations import recommendations
from tests.recommendations.two_tastes import interactions

COLUMNS = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
NOT_GOODS = [
    ["C900", "10000", "TAKEN BACK", -1, "2026-05-01 10:00:00", 1.0, "1", "France"],
    ["901", "POST", "POSTAGE", 1, "2026-05-01 10:00:00", 9.0, "1", "France"],
    ["902", "10000", "FREE", 1, "2026-05-01 10:00:00", 0.0, "1", "France"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop of two tastes as a file; orders of the days 0 to 150, day 0 is 1 January."""
    rows, path = interactions(), tmp_path_factory.mktemp("two-tastes")
    lines = [
        [
            basket,
            10_000 + item,
            f"{'RED' if item % 2 else 'BLUE'} THING {item}",
            1,
            stamp(day),
            2.5,
            who,
            "France",
        ]
        for basket, item, day, who in zip(rows.baskets, rows.items, rows.days, rows.customers, strict=True)
    ]
    with gzip.open(path / "orders.csv.gz", "wt", newline="") as file:
        csv.writer(file).writerows([COLUMNS.split(","), *lines, *NOT_GOODS])
    return path


def stamp(day: float) -> str:
    import pandas as pd

    return str((pd.Timestamp("2026-01-01") + pd.Timedelta(days=day)).floor("s"))


@pytest.mark.usefixtures("encoder")
def test_only_goods_that_were_sold_count_and_new_means_never_bought_before(folder: Path) -> None:
    orders = load_orders(folder, cut="2026-04-01", days=31)
    assert len(orders.interactions) == len(interactions().before(121))
    for who, items in orders.relevant_new.items():
        assert not orders.bought[who, items].any()
        assert set(items) <= set(orders.relevant[who])


@pytest.mark.slow
@pytest.mark.usefixtures("encoder")
def test_it_reports_each_metric_with_an_interval_and_a_paired_gain_over_each_baseline(folder: Path) -> None:
    found = recommendations(folder, {"cut": "2026-05-01", "days": "31"})
    assert {"new_ndcg@10", "any_ndcg@10", "coverage@10", "novelty@10", "cold/ndcg@10"} <= set(found.metrics)
    for metric in found.metrics.values():
        assert metric.low <= metric.value <= metric.high
    assert set(found.baselines) == {"popularity", "own_frequency", "als", "ease", "shelf_popularity"}
    popularity = found.baselines["popularity"]
    assert found.metrics["any_ndcg@10"].value - popularity["any_ndcg@10"] == pytest.approx(
        popularity["any_ndcg@10/gain"]
    )
    assert popularity["any_ndcg@10/gain_low"] > 0
