"""The messenger in a browser: on a phone, in Chinese, and as a plain form."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from ecommerce_ai.accounts.models import User
from support.models import Conversation
from support.selectors.knowledge import forget_knowledge
from support.services.indexing import index_articles
from support.services.intents import train_intent_head
from support.services.starting import add_starter_intents
from tests.browser.conftest import PHONE, Shoot
from tests.browser.shop import Shelf
from tests.factories import make_article, make_customer, make_order, make_user
from tests.support.conftest import CHINESE, DELIVERY, RETURNS
from tests.support.conftest import packaged_encoder as packaged_encoder

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mei(packaged_encoder: None, filled_shelf: Shelf) -> User:
    """Somebody with a delivered order, in a shop that says how it delivers and takes back."""
    forget_knowledge()
    make_article(key="delivery", title="How long delivery takes", body=DELIVERY, topic="Delivery")
    make_article(key="returns", title="Returning goods", body=RETURNS, topic="Returns")
    make_article(key="delivery", language="zh", title="配送时间", body=CHINESE)
    index_articles()
    add_starter_intents()
    train_intent_head()
    user = make_user(email="mei@shop.example", first_name="Mei")
    customer = make_customer(user=user, name="Mei Lin", email="mei@shop.example")
    order = make_order(
        lines=[(filled_shelf.harbour, 2)], customer=customer, number="MEI4HARBR", status="delivered"
    )
    order.shipments.create(
        carrier="Royal Mail", tracking_number="RM12", status="delivered", delivered_at=timezone.now()
    )
    return user


def test_in_chinese_on_a_phone(page: Page, shoot: Shoot, mei: User) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/zh-hans/")
    page.locator("#messenger > summary").click()
    page.get_by_label("您的消息").fill("国内包裹下单后几个工作日送达？")
    page.get_by_role("button", name="发送").click()
    thread = page.locator("#thread")
    expect(thread).to_contain_text("二至四个工作日")
    shoot(page, "support-answer-zh-390")
    page.get_by_role("button", name="转人工").first.click()
    expect(thread).to_contain_text("已通知人工客服")
    assert Conversation.objects.get().status == "waiting"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_script_the_form_answers(client: Client, mei: User) -> None:
    page = client.post("/support/say/", {"text": "How many working days does delivery take?"}, follow=True)
    assert "two to four working days" in page.content.decode()
