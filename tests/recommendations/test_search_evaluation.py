import csv
from pathlib import Path

import pytest

from recommendations.evaluations.search import search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("encoder")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables = {
        "products": [
            ["sku", "title", "description", "category", "style"],
            *[[f"S{i}", f"warm wool scarf {i}", "", "wear", "scarf"] for i in range(3)],
            *[[f"M{i}", f"red mug for tea {i}", "", "kitchen", "mug"] for i in range(3)],
        ],
        "queries": [["query", "kind", "language"], ["wool scarf", "plain", "en"], ["tea mug", "need", "en"]],
        "judgments": [["query", "sku", "grade"], ["wool scarf", "S0", "2"], ["tea mug", "S0", "2"]],
    }
    for name, lines in tables.items():
        with (tmp_path / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(lines)
    return tmp_path


def test_it_reports_every_part_with_an_interval_beside_the_baselines(folder: Path) -> None:
    found = search(folder, {})
    assert found.n == 2
    assert set(found.metrics) == {"ndcg@10", "plain/ndcg@10", "need/ndcg@10"}
    assert set(found.baselines) == {"encoder", "bm25"}
    for metric in found.metrics.values():
        assert 0 <= metric.low <= metric.value <= metric.high <= 1


def test_a_ranking_that_agrees_with_the_judgments_scores_higher(folder: Path) -> None:
    metrics = search(folder, {}).metrics
    assert metrics["plain/ndcg@10"].value > metrics["need/ndcg@10"].value
