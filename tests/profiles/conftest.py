from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django.plugin import DjangoDbBlocker

from ecommerce_ai.demo.services import seed_shop

ANCHOR = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo_shop(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """A year of sixty customers, once for the module; taken away at its end."""
    from django.db import connection, transaction
    from django.test import override_settings

    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        seed_shop(ANCHOR, customers=60)
        yield
        connection.set_rollback(True)
