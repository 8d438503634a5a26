import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from ecommerce_ai.inference import registry
from recommendations.selectors import Road, search_products, suggestions
from recommendations.services import count_words, index_products
from tests.factories import make_product
from tests.recommendations.failing_encoders import released
from tests.typed import TYPED

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["HangingEncoder", "CrashingEncoder"])
def failing_encoder(request: pytest.FixtureRequest, settings: Any) -> Iterator[None]:
    released.clear()
    settings.INFERENCE = {"encoder": {"BACKEND": f"tests.recommendations.failing_encoders.{request.param}"}}
    registry.reset_registry()
    registry.get_encoder()
    yield
    released.set()
    registry.reset_registry()


@pytest.fixture
def goods() -> None:
    make_product(title="Lambswool scarf", description="Soft and warm around the neck")
    make_product(title="Blue mug", description="For tea")
    index_products()
    count_words()


@pytest.mark.usefixtures("failing_encoder", "goods")
def test_words_answer_within_the_time_limit_when_the_encoder_hangs_or_crashes() -> None:
    started = time.monotonic()
    results = search_products("warm scarfs")
    assert [item.product.title for item in results.items] == ["Lambswool scarf"]
    assert results.road is Road.WORDS
    assert time.monotonic() - started < 3


@pytest.mark.usefixtures("encoder_is_away", "goods")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED)
def test_nothing_that_can_be_typed_breaks_its_statements(query: str) -> None:
    assert search_products(query).total <= 2
    suggestions(query, "en")
