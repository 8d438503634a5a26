"""`manage.py evaluate risk` and `profiles` on small files in their layouts."""

from pathlib import Path

import numpy as np
import pandas as pd

from profiles.evaluations.purchases import purchases
from profiles.evaluations.risk import risk
from tests.profiles.test_risk import orders_with_fraud


def test_later_fraud_is_found_better_than_from_raw_columns(tmp_path: Path) -> None:
    orders = orders_with_fraud(3)
    at = pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(orders["day"], unit="D")
    rows = pd.DataFrame(
        {
            "order_id": [f"O{number}" for number in range(len(orders))],
            "customer_id": orders["customer"],
            "ordered_at": at.dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "amount": orders["amount"].round(2),
            "ship_to": orders["place"],
            "fraud": orders["fraud"].astype(int),
        }
    )
    is_early = orders["day"] < 40
    rows[is_early].to_csv(tmp_path / "train.csv.gz", index=False)
    rows[~is_early].to_csv(tmp_path / "test.csv.gz", index=False)
    found = risk(tmp_path, {})
    assert found.n == int((~is_early).sum())
    assert len(found.baselines) == 2
    for told in found.metrics.values():
        assert told.low <= told.value <= told.high
    worst = max(rival["average_precision"] for rival in found.baselines.values())
    assert found.metrics["frozen/average_precision"].value > worst


def test_who_buys_again_is_told_by_what_was_before(tmp_path: Path) -> None:
    """Half of the buyers come each twelve days, the others hardly again."""
    draw = np.random.default_rng(1)
    days = [
        (customer, float(day))
        for customer in range(120)
        for day in np.arange(draw.uniform(0, 20), 90, draw.uniform(8, 16) if customer % 2 else 60)
    ]
    at = pd.Timestamp("2011-01-01") + pd.to_timedelta([day for _customer, day in days], unit="D")
    rows = pd.DataFrame(
        {
            "InvoiceNo": [str(500_000 + number) for number in range(len(days))],
            "StockCode": [f"2{draw.integers(1000, 1009)}" for _day in days],
            "Quantity": 2,
            "InvoiceDate": at.strftime("%Y-%m-%d %H:%M:%S"),
            "UnitPrice": 3.5,
            "CustomerID": [str(customer) for customer, _day in days],
        }
    )
    rows.to_csv(tmp_path / "orders.csv.gz", index=False)
    found = purchases(tmp_path, {"cut": "2011-03-12", "days": "16"})
    assert found.n == 120
    assert found.metrics["auc"].low > found.baselines["bought last month"]["auc"]
    assert found.metrics["orders_mae"].value < found.baselines["nobody buys"]["orders_mae"]
