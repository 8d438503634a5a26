"""A merchant builds a segment by its rules and opens somebody in it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from profiles.models import Segment
from tests.browser.conftest import PHONE, LogIn, Shoot, settled
from tests.factories import make_category, make_customer, make_event, make_order, make_product, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def barriers(page: Page) -> list[str]:
    found = Axe().run(page, context="#content").response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


@pytest.fixture
def viewers(transactional_db: None) -> None:
    """Ann from Britain looked at a mug, Bob from Germany bought it."""
    mugs = make_category(name="Mugs", slug="mugs")
    mug = make_product(category=mugs, title="Harbour Mug")
    ann, bob = make_customer(name="Ann Reed", country="GB"), make_customer(name="Bob Hill", country="DE")
    for customer in (ann, bob):
        make_event(customer=customer, product=mug, occurred_at=timezone.now())
    make_order(customer=bob, lines=[(mug, 1)])


def test_a_segment_is_built_previewed_and_saved(
    page: Page, log_in: LogIn, shoot: Shoot, viewers: None
) -> None:
    log_in(page, make_user(role="merchant"))
    page.goto("/admin/segments/")
    page.get_by_role("link", name="Empty").click()
    page.get_by_label("Name", exact=True).fill("British window shoppers")
    first = page.get_by_role("group", name="Condition 1")
    first.get_by_label("Shelf").select_option("mugs")
    page.get_by_role("button", name="Condition", exact=True).click()
    second = page.get_by_role("group", name="Condition 2")
    expect(second).to_be_visible()
    settled(page)
    second.get_by_role("combobox", name="Condition").select_option("trait:country")
    expect(second.get_by_label("Value")).to_be_visible()
    settled(page)
    second.get_by_label("Value").select_option("GB")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("of 2 shoppers (50.0 %)")).to_be_visible()
    expect(page.get_by_role("link", name="Ann Reed")).to_be_visible()
    shoot(page, "segment-form-en-1280")
    assert barriers(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.get_by_role("button", name="Save the segment").click()
    expect(page.get_by_text("Looked at a product · in the last 30 days · Mugs")).to_be_visible()
    shoot(page, "segment-en-390")
    assert barriers(page) == []
    assert Segment.objects.get().size == 1
    page.get_by_role("link", name="Ann Reed").click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    expect(page.get_by_role("link", name="Entered the segment British window shoppers")).to_be_visible()
    shoot(page, "customer-en-390")
    assert barriers(page) == []


def test_the_builder_needs_no_script(browser: Browser, live_server: LiveServer, log_in: LogIn) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, make_user(role="merchant"))
    page.goto("/admin/segments/new/?from=looked")
    page.get_by_role("button", name="Remove condition 2").click()
    page.get_by_role("combobox", name="Condition").select_option("measure:orders")
    page.get_by_role("button", name="Show its fields").click()
    page.get_by_label("Value").fill("0")
    page.get_by_role("button", name="Save the segment").click()
    expect(page.get_by_text("Orders at least 0")).to_be_visible()
    context.close()
