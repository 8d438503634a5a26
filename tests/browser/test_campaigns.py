"""A merchant tries a campaign, approves it, and sees what came of it; a reader leaves."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from ecommerce_ai.jobs import tasks as tasks  # registers them: jobs run at once
from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from marketing import tasks as marketing_tasks  # noqa: F401 (the same)
from tests.browser.conftest import PHONE, LogIn, Shoot, settled
from tests.factories import make_user
from tests.marketing.campaigns import make_reader, make_segment, make_variant
from tests.marketing.conftest import loud, mail_server
from tests.marketing.smtp_sink import Sink

__all__ = ["loud", "mail_server"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def barriers(page: Page, place: str = "#content") -> list[str]:
    found = Axe().run(page, context=place).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


def fill_in(page: Page) -> None:
    now = timezone.localtime()
    page.get_by_label("Name of the campaign").fill("Mugs in June")
    page.get_by_label("Approved text").select_option(label="E-mail · A mug for the quiet hour · English")
    page.get_by_label("Audience").select_option(label="Readers (0)")
    page.get_by_label("Held out, in percent").fill("0")
    page.get_by_label("Starts").fill(f"{now - timedelta(minutes=5):%Y-%m-%dT%H:%M}")
    page.get_by_label("Ends").fill(f"{now + timedelta(days=3):%Y-%m-%dT%H:%M}")


def look_around(page: Page, shoot: Shoot) -> None:
    """The pages that show it, wide and narrow."""
    shoot(page, "campaign-results-en-1280")
    page.goto("/admin/campaign-calendar/")
    shoot(page, "campaign-calendar-en-1280")
    page.go_back()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shoot(page, "campaign-results-en-390")
    page.goto("/admin/campaigns/")
    shoot(page, "campaigns-en-390")
    page.goto("/zh-hans/admin/campaign-calendar/")
    shoot(page, "campaign-calendar-zh-390")
    assert barriers(page) == []


def leave_by(page: Page, header: str, shoot: Shoot) -> None:
    page.goto(re.sub(r"^\s*<https://shop\.example|>$", "", header))
    shoot(page, "leave-en-390")
    page.get_by_role("button", name="Send me no more").click()
    expect(page.get_by_role("heading", name="Done: you get no more of these")).to_be_visible()
    assert barriers(page, "main") == []


def test_a_campaign_is_tried_approved_sent_and_left(
    page: Page, log_in: LogIn, shoot: Shoot, mail_server: Sink
) -> None:
    merchant = make_user(role="merchant")
    readers = [make_reader(name, language="en") for name in ("Ann", "Bob", "Cid")]
    make_segment([*readers, make_reader("Dan", agrees=False)])
    make_variant(languages=["en", "zh-hans"], approved_by=merchant)
    log_in(page, merchant)
    page.goto("/admin/campaigns/")
    shoot(page, "campaigns-empty-en-1280")
    page.get_by_role("link", name="New campaign").click()
    fill_in(page)
    shoot(page, "campaign-form-en-1280")
    assert barriers(page) == []
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_role("row", name="Did not agree to this channel 1")).to_be_visible()
    settled(page)
    shoot(page, "campaign-dry-en-1280")
    assert (barriers(page), mail_server.letters) == ([], [])
    page.get_by_role("button", name="Approve to be sent").click()
    expect(page.get_by_text("3 of 3")).to_be_visible()
    assert mail_server.addresses == ["ann@shop.example", "bob@shop.example", "cid@shop.example"]
    look_around(page, shoot)
    leave_by(page, str(mail_server.letters[0].message["List-Unsubscribe"]), shoot)
    assert [is_allowed(each, Purpose.MARKETING_EMAIL) for each in readers].count(False) == 1
    page.get_by_role("link", name="What we may send you").click()
    page.get_by_role("switch", name="Offers by e-mail").click()
    expect(page.get_by_role("switch", name="Offers by e-mail")).to_be_checked()
    shoot(page, "preferences-en-390")
