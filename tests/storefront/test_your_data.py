"""What the shop knows about whoever looks, and what they may do about it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.privacy.models import ConsentChange, ErasureRequest, Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from ecommerce_ai.privacy.tasks import erase_customer, export_customer
from ecommerce_ai.shop.models import Customer
from profiles.models import TagRemoval
from profiles.services import refresh_profiles
from recommendations.models import DIMENSIONS, ProductVector
from recommendations.selectors import recommended_for
from tests.factories import (
    make_category,
    make_customer,
    make_event,
    make_interest,
    make_product,
    make_user,
)

pytestmark = pytest.mark.django_db

PAGE = "/your-data/"


@pytest.fixture
def mei(client: Client) -> Customer:
    """Somebody who is logged in and seems to like stoneware."""
    user = make_user(email="mei@shop.example")
    client.force_login(user)
    mei = make_customer(user=user, name="Mei", email="mei@shop.example")
    mug = make_product(title="Harbour Mug")
    evidence = [{"source": "view", "id": 1, "at": "2026-05-01T10:00:00+00:00", "product": mug.pk}]
    make_interest(mei, "Stoneware", kind="attribute", evidence=evidence)
    return mei


def test_tells_each_tag_with_what_it_comes_from(client: Client, mei: Customer) -> None:
    page = " ".join(client.get(PAGE).content.decode().split())
    assert "You seem to like <strong>Stoneware</strong>" in page
    assert "— from 1 order and 4 views" in page
    assert "looked at · Harbour Mug" in page


def test_a_removed_tag_is_gone_and_comes_back_when_asked(client: Client, mei: Customer) -> None:
    tag = {"kind": "attribute", "key": "stoneware"}
    assert client.post(reverse("storefront:change_tag"), tag)["Location"] == PAGE
    page = client.get(PAGE).context["page"]
    assert (page.tags, [tag.label for tag in page.removed]) == ([], ["Stoneware"])
    client.post(reverse("storefront:change_tag"), {**tag, "action": "restore"})
    assert [told.tag.label for told in client.get(PAGE).context["page"].tags] == ["Stoneware"]


def test_nobody_takes_away_what_does_not_exist(client: Client, mei: Customer) -> None:
    wrong = {"kind": "attribute", "key": "velvet"}
    assert client.post(reverse("storefront:change_tag"), wrong).status_code == 404
    assert Client().post(reverse("storefront:change_tag"), wrong).status_code == 404
    assert not TagRemoval.objects.exists()


def test_a_switch_holds_from_the_next_page_on(client: Client, mei: Customer) -> None:
    off = {"purpose": "personalisation", "is_granted": "no"}
    client.post(reverse("storefront:consent"), off)
    assert not is_allowed(mei, Purpose.PERSONALISATION)
    assert client.get(PAGE).context["page"].tags == []
    client.post(reverse("storefront:consent"), {**off, "is_granted": "yes"})
    assert len(client.get(PAGE).context["page"].tags) == 1
    assert client.post(reverse("storefront:consent"), {"purpose": "everything"}).status_code == 404


def test_looking_makes_no_customer(client: Client) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert not Customer.objects.exists()


@pytest.mark.parametrize(("answer", "is_granted"), [("yes", True), ("no", False)])
def test_the_notice_asks_once(client: Client, answer: str, *, is_granted: bool) -> None:
    assert "consent-notice-line" in client.get("/cart/").content.decode()
    address = reverse("storefront:answer_notice")
    response = client.post(address, {"answer": answer, "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"
    assert "consent-notice-line" not in client.get("/cart/").content.decode()
    said = dict(ConsentChange.objects.values_list("purpose", "is_granted"))
    assert said == dict.fromkeys(["personalisation", "analytics", "training"], is_granted)


def test_a_copy_is_made_and_opens_by_its_link_alone(
    client: Client, mei: Customer, tmp_path: Path, settings: Any
) -> None:
    settings.EXPORTS_ROOT = tmp_path
    client.post(reverse("storefront:make_copy"))
    assert client.get(PAGE).context["page"].copy_token == ""
    export_customer(job_run_id=str(JobRun.objects.get().pk))
    token = client.get(PAGE).context["page"].copy_token
    copy = client.get(reverse("storefront:copy", args=[token, "data.json"]))
    assert b"mei@shop.example" in b"".join(copy.streaming_content)  # type: ignore[attr-defined]
    for wrong in ([token + "x", "data.json"], [token, "settings.py"]):
        assert client.get(reverse("storefront:copy", args=wrong)).status_code == 404


def test_only_with_the_password_somebody_is_forgotten(client: Client, mei: Customer) -> None:
    client.post(reverse("storefront:erase_begin"))
    refused = client.post(reverse("storefront:erase"), {"password": "a guess"})
    assert refused.status_code == 422
    assert ErasureRequest.objects.get().status == "previewed"
    done = client.post(reverse("storefront:erase"), {"password": "correct horse 1"})
    assert "We are erasing" in client.get(done["Location"]).content.decode()
    erase_customer(job_run_id=str(JobRun.objects.get().pk))
    assert not Customer.objects.filter(pk=mei.pk).exists()
    receipt = client.get(done["Location"]).content.decode()
    assert "You are forgotten" in receipt
    assert "mei@shop.example" not in receipt
    assert "_auth_user_id" not in client.session


def test_everything_may_be_kept_after_all(client: Client, mei: Customer) -> None:
    client.post(reverse("storefront:erase_begin"))
    client.post(reverse("storefront:erase_call_off"))
    assert ErasureRequest.objects.get().status == "withdrawn"
    assert client.get(reverse("storefront:erase"))["Location"] == PAGE


def test_a_code_goes_to_the_customers_own_address(client: Client, mei: Customer) -> None:
    client.post(reverse("storefront:erase_begin"))
    client.post(reverse("storefront:erase_code"))
    assert [message.to for message in mail.outbox] == [["mei@shop.example"]]


def test_staff_is_not_erased(client: Client) -> None:
    member = make_user(role="merchant")
    client.force_login(member)
    make_customer(user=member)
    page = client.post(reverse("storefront:erase_begin"), follow=True)
    assert "A member of staff cannot be erased" in page.content.decode()


def test_the_page_costs_the_same_however_much_is_known(
    client: Client, mei: Customer, assert_queries_do_not_grow: Callable[..., None]
) -> None:
    def grow() -> None:
        for number in range(5):
            make_interest(mei, f"Kind {number}")

    assert_queries_do_not_grow(lambda: client.get(f"{PAGE}?all"), grow)


def test_a_removed_tag_changes_the_next_list(client: Client, mei: Customer) -> None:
    mugs, bowls = make_category(name="Mugs", slug="mugs"), make_category(name="Bowls", slug="bowls")
    shelf = [make_product(category=category) for category in (mugs, bowls) for _number in range(8)]
    chance = np.random.default_rng(5)
    for product in shelf:
        vector = chance.standard_normal(DIMENSIONS).astype(np.float32)
        ProductVector.objects.create(
            product=product, embedding=vector / np.linalg.norm(vector), agreement=1, encoder="x",
            content_hash="x",
        )  # fmt: skip
    for place in (0, 1, 8):
        make_event(customer=mei, product=shelf[place], occurred_at=timezone.now() - timedelta(days=40))
    refresh_profiles()
    before = recommended_for(mei, 6)
    removed = client.post(reverse("storefront:change_tag"), {"kind": "category", "key": mugs.path})
    assert removed.status_code == 302
    after = recommended_for(mei, 6)
    held = [[item.product.category == mugs for item in items] for items in (before, after)]
    assert sum(held[0]) > sum(held[1])
    assert [item.product for item in before] != [item.product for item in after]
