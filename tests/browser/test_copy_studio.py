"""A merchant's first text: from a brief to three candidates, one of them approved."""

import time

import pytest
from playwright.sync_api import Page, expect

from marketing.models import Variant
from tests.browser.conftest import PHONE, LogIn, Shoot, settled
from tests.browser.test_segments import barriers
from tests.factories import make_category, make_user
from tests.marketing.goods import make_mug

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_from_a_brief_to_an_approved_text(page: Page, log_in: LogIn, shoot: Shoot) -> None:
    make_mug(category=make_category(name="Mugs", slug="mugs"))
    log_in(page, make_user(role="merchant", email="ann@shop.example"))
    page.goto("/admin/copy/")
    page.get_by_role("link", name="New brief").click()
    page.get_by_label("Name", exact=True).fill("Mugs for slow mornings")
    page.get_by_label("Find products").fill("harbour")
    page.get_by_role("button", name="Find").click()
    settled(page)
    page.get_by_label("Harbour Stoneware Mug").check()
    shoot(page, "copy-brief-en-1280")
    assert barriers(page) == []
    started = time.perf_counter()
    page.get_by_role("button", name="Write").click()
    expect(page.get_by_role("article")).to_have_count(3)
    assert time.perf_counter() - started < 5
    best = page.get_by_role("article").first
    best.get_by_text("and their proofs").click()
    expect(best.get_by_role("link", name="title").first).to_be_visible()
    shoot(page, "copy-studio-en-1280")
    assert barriers(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.get_by_role("button", name="Approve").first.click()
    expect(page.get_by_text("Approved by")).to_be_visible()
    shoot(page, "copy-studio-en-390")
    assert Variant.objects.get().approved_by.email == "ann@shop.example"
