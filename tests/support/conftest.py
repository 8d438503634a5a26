from collections.abc import Iterator

import pytest

from ecommerce_ai.inference import registry
from ecommerce_ai.shop.models import Customer
from support.models import Article
from support.selectors import heads
from support.selectors.actions import actions_now
from support.selectors.knowledge import forget_knowledge
from support.services.conversations import Asker
from support.services.indexing import index_articles
from tests.factories import make_article, make_customer, make_user
from tests.recommendations.conftest import encoder, encoder_is_away, small_model

__all__ = ["encoder", "encoder_is_away", "small_model"]

DELIVERY = """Parcels within the country arrive two to four working days after the order.
Delivery costs 3.95 GBP and is free from 60 GBP."""
RETURNS = """You may return unused goods within 30 days after they were delivered.
The money is paid back within five days after the parcel is back."""
CHINESE = """国内包裹在下单后二至四个工作日送达。
订单满六十英镑免运费。"""


def forget_what_is_kept() -> None:
    forget_knowledge()
    heads.intent_model.forget()
    actions_now.forget()


@pytest.fixture(autouse=True)
def fresh_knowledge() -> Iterator[None]:
    """What one test's process learned is not there in the next."""
    forget_what_is_kept()
    yield
    forget_what_is_kept()


@pytest.fixture
def articles(encoder: None, db: None) -> dict[str, Article]:
    """Two topics in English and one in Chinese, indexed."""
    made = {
        "delivery": make_article(key="delivery", title="How long delivery takes", body=DELIVERY),
        "returns": make_article(key="returns", title="Returning goods", body=RETURNS),
        "chinese": make_article(key="delivery", language="zh", title="配送时间", body=CHINESE),
    }
    index_articles()
    return made


@pytest.fixture
def asker(db: None) -> Asker:
    """A visitor: known by a cookie, not logged in."""
    return Asker(make_customer(external_id=None))


@pytest.fixture
def buyer(db: None) -> Customer:
    user = make_user(email="mei@shop.example", first_name="Mei")
    return make_customer(user=user, email="mei@shop.example", name="Mei Lin")


@pytest.fixture
def packaged_encoder() -> Iterator[None]:
    """The encoder that the project comes with, loaded: what it means decides here."""
    registry.get_encoder()
    yield
    forget_what_is_kept()
