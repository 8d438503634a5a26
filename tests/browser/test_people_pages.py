"""Pages about people in both languages and widths: what staff see of a shopper, what a shopper sees."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

from ecommerce_ai import celery_app
from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer
from profiles.models import CustomerLabel, CustomerValue, Label, RiskAssessment
from profiles.selectors.segments import parse_rules
from profiles.services import refresh_profiles
from profiles.services.segments import save_segment
from support.models import Message
from tests.browser.conftest import DESKTOP, PHONE, LogIn, Shoot
from tests.browser.shop import Shelf
from tests.browser.test_admin_pages import is_wider_than_the_window
from tests.factories import make_conversation, make_customer, make_event, make_interest, make_order, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NOW = timezone.now()
# Of the customer's page, which is the last that staff open here.
HEADINGS = ("So far", "Expected", "Risk", "Seems to like", "Segments", "Conversations", "What happened")


@pytest.fixture
def ada(filled_shelf: Shelf) -> Customer:
    """A shopper of whom there is something of everything, among others who looked around."""
    user = make_user(email="ada@shop.example", first_name="Ada")
    ada = make_customer(
        user=user, name="Ada Lovelace", email=user.email, country="GB", birth_year=1990, gender="female"
    )
    crowd = [
        make_customer(name=f"Visitor {n}", country="GB" if n % 2 else "DE", birth_year=1990)
        for n in range(42)
    ]
    for person in (ada, *crowd):
        make_event(customer=person, product=filled_shelf.harbour, occurred_at=NOW - timedelta(days=2))
    order = make_order(
        customer=ada, lines=[(filled_shelf.harbour, 2)], placed_at=NOW - timedelta(days=9), number="N-77"
    )
    talk = make_conversation(customer=ada)
    Message.objects.create(
        conversation=talk, author="shopper", text="Is the harbour mug safe in a dishwasher?"
    )
    refresh_profiles()
    make_interest(ada, "Stoneware", kind="theme", strength=3)
    change_consent(ada, purpose="marketing_email", is_granted=True, source="checkout")
    infer(ada, crowd)
    facts = [
        {"code": "new_address", "sentiment": "negative", "values": {}},
        {"code": "amount_as_usual", "sentiment": "positive", "values": {}},
    ]
    RiskAssessment.objects.create(order=order, level="medium", score=0.4, facts=facts, assessed_at=NOW)
    looked = {"kind": "performed", "action": "view_item", "within_days": 30}
    save_segment(name="Window shoppers", rules=parse_rules({"groups": [{"conditions": [looked]}]}))
    return ada


def infer(ada: Customer, crowd: list[Customer]) -> None:
    """A value for one, and a label for everybody that falls on every other of them."""
    run = ModelRun.objects.create(name="labels", kind="labels", is_live=True)
    CustomerValue.objects.create(
        customer=ada, currency="GBP", historic=Decimal(24), predicted=Decimal("61.20"), model_run=run,
        predicted_low=Decimal("20.10"), predicted_high=Decimal("120.40"), expected_orders=2.4,
        churn_probability=0.31, churn_low=0.2, churn_high=0.45, next_order_at=NOW + timedelta(days=20),
        next_order_from=NOW + timedelta(days=4), next_order_until=NOW + timedelta(days=70), computed_at=NOW,
    )  # fmt: skip
    label = Label.objects.create(
        key="buys-soon", kind=Label.Kind.BUYS_SOON, name="Likely to buy within 30 days"
    )
    for place, person in enumerate((ada, *crowd)):
        p = 0.8 if place % 2 else 0.2
        CustomerLabel.objects.create(
            customer=person, label=label, probability=p, low=p - 0.1, high=p + 0.1, model_run=run,
            computed_at=NOW,
        )  # fmt: skip


def shoot_both(page: Page, shoot: Shoot, name: str) -> list[str]:
    """A picture of each width; its name where a phone would scroll sideways."""
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    shoot(page, f"{name}-1280")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shoot(page, f"{name}-390")
    return [name] if is_wider_than_the_window(page) else []


def office_pages(ada: Customer) -> dict[str, str]:
    """Addresses in the language of the moment."""
    return {
        "customers": reverse("dashboard:customers"),
        "segments": reverse("dashboard:segments"),
        "segment-new": f"{reverse('dashboard:segment_new')}?from=looked",
        "segment": reverse("dashboard:segment", args=[ada.segment_memberships.get().segment_id]),
        "fairness": reverse("dashboard:fairness"),
        "risks": reverse("admin:profiles_riskassessment_changelist"),
        "labels": reverse("admin:profiles_label_changelist"),
        "customer": reverse("dashboard:customer", args=[ada.pk]),
    }


def test_staff_read_all_about_people_in_both_languages(
    page: Page, log_in: LogIn, shoot: Shoot, ada: Customer
) -> None:
    log_in(page, make_user(role="merchant", is_superuser=True))
    too_wide = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            pages = office_pages(ada)
            told = [translation.gettext(words) for words in HEADINGS]
            fact = translation.gettext("The amount is what this customer usually spends")
        for name, address in pages.items():
            page.goto(address)
            too_wide += shoot_both(page, shoot, f"{name}-{language}")
        expect(page.get_by_text(fact)).to_be_visible()
        for heading in told:
            expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    assert too_wide == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_shopper_reads_and_leaves_in_their_language(
    page: Page, log_in: LogIn, shoot: Shoot, ada: Customer, language: str
) -> None:
    celery_app.loader.import_default_modules()  # so that jobs run at once
    assert ada.user
    log_in(page, ada.user)
    prefix = "" if language == "en" else "/zh-hans"
    page.goto(f"{prefix}/your-data/")
    too_wide = shoot_both(page, shoot, f"your-data-{language}")
    page.locator("form[action$='/erase/begin/'] button").first.click()
    page.wait_for_url("**/erase/**")
    too_wide += shoot_both(page, shoot, f"erase-{language}")
    page.locator("input[type=password]").fill("correct horse 1")
    page.locator("button[form=erase-form]").click()
    page.wait_for_url("**/erased/**")
    too_wide += shoot_both(page, shoot, f"erased-{language}")
    assert too_wide == []
    assert not Customer.objects.filter(pk=ada.pk).exists()
