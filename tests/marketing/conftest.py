from collections.abc import Iterator
from typing import Any

import pytest

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Product
from tests.factories import make_category, make_user
from tests.marketing.goods import make_mug
from tests.marketing.smtp_sink import Sink, running_sink


@pytest.fixture
def loud(settings: Any) -> None:
    """No quiet hours, whatever the clock says while the tests run."""
    settings.MARKETING_QUIET_HOURS = (0, 0)


@pytest.fixture
def mail_server(settings: Any, loud: None) -> Iterator[Sink]:
    """A real SMTP server that the shop sends by."""
    with running_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 5
        settings.DEFAULT_FROM_EMAIL = "Test shop <letters@shop.example>"
        settings.SHOP_URL = "https://shop.example"
        yield sink


@pytest.fixture
def mug(db: None) -> Product:
    return make_mug(category=make_category(name="Mugs"))


@pytest.fixture
def merchant(db: None) -> User:
    return make_user(role="merchant")
