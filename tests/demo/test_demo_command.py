import pytest
from django.test import Client

from ecommerce_ai.demo.management.commands.demo import make_basics
from ecommerce_ai.jobs.models import FinishedStep, JobRun
from ecommerce_ai.jobs.refresh import never_finished
from ecommerce_ai.jobs.services import start_refresh
from recommendations.models import ProductVector
from tests.factories import make_product


@pytest.mark.django_db
def test_the_basics_open_the_shop_and_leave_the_training_to_a_job(client: Client) -> None:
    product = make_product(title="Wool scarf")
    make_basics()
    assert ProductVector.objects.get().product_id == product.pk
    assert b"Wool scarf" in client.get("/").content
    assert b"Wool scarf" in client.get("/search/", {"q": "something for my neck"}).content
    left = {step.title for step in never_finished()}
    assert {"rankings", "labels", "passages"} <= left
    assert not left & set(FinishedStep.objects.values_list("title", flat=True))
    assert start_refresh() == start_refresh() == JobRun.objects.get()
