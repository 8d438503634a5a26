from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecommerce_ai.inference.admin import metric_rows
from ecommerce_ai.inference.models import ModelRun
from tests.factories import make_user

METRICS = {
    "metrics": {"ndcg@10": {"value": 0.412, "low": 0.391, "high": 0.434}, "note": "text is no metric"},
    "baselines": {"popularity": {"ndcg@10": 0.213}, "als": {"recall@10": 0.1}},
}


@pytest.mark.parametrize(
    ("metrics", "rows"),
    [
        (METRICS, [("ndcg@10", "0.412 (0.391 to 0.434)", "popularity 0.213")]),
        ({"accuracy": 0.91, "n": 1200}, [("accuracy", "0.91", ""), ("n", "1200", "")]),
        ({"f1": {"value": 0.5}}, [("f1", "0.500", "")]),
        ({}, []),
    ],
)
def test_a_metric_stands_with_its_interval_beside_its_baselines(
    metrics: dict[str, Any], rows: list[tuple[str, str, str]]
) -> None:
    assert metric_rows(metrics) == rows


def promote(client: Client, *runs: ModelRun) -> None:
    data = {"action": "promote", "_selected_action": [run.pk for run in runs]}
    client.post(reverse("admin:inference_modelrun_changelist"), data)


@pytest.mark.django_db
def test_a_merchant_lets_an_older_run_serve_again(client: Client) -> None:
    client.force_login(make_user(role="merchant"))
    old = ModelRun.objects.create(name="similar", kind="test")
    new = ModelRun.objects.create(name="similar", kind="test", is_live=True)
    promote(client, old)
    assert list(ModelRun.objects.live()) == [old]
    promote(client, new)
    assert list(ModelRun.objects.live()) == [new]


@pytest.mark.django_db
def test_two_runs_of_one_name_cannot_both_serve(client: Client) -> None:
    client.force_login(make_user(role="merchant"))
    promote(client, *[ModelRun.objects.create(name="similar", kind="test") for _ in range(2)])
    assert not ModelRun.objects.live().exists()


@pytest.mark.django_db
def test_an_analyst_promotes_nothing(client: Client) -> None:
    client.force_login(make_user(role="analyst"))
    promote(client, ModelRun.objects.create(name="similar", kind="test"))
    assert not ModelRun.objects.live().exists()


@pytest.mark.django_db
def test_nobody_edits_what_a_run_reported(client: Client) -> None:
    client.force_login(make_user(role="merchant"))
    run = ModelRun.objects.create(name="similar", kind="test", metrics=METRICS)
    url = reverse("admin:inference_modelrun_change", args=[run.pk])
    assert "0.412 (0.391 to 0.434)" in client.get(url).content.decode()
    assert client.post(url, {"name": "better", "metrics": "{}"}).status_code == 403
    run.refresh_from_db()
    assert (run.name, run.metrics) == ("similar", METRICS)
