"""Connections that are kept between requests."""

import math
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection

from ecommerce_ai.database.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Iterator[DatabaseWrapper]:
    """A connection of its own that answered just now, and whose server process is gone since."""
    other = connection.copy()
    assert isinstance(other, DatabaseWrapper)
    other.ensure_connection()
    assert other.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.connection.info.backend_pid])
    yield other
    other.close()


def test_one_that_answered_just_now_is_not_asked(kept: DatabaseWrapper) -> None:
    assert kept.is_usable()


def test_one_that_rested_is_asked(kept: DatabaseWrapper) -> None:
    kept.answered_at = -math.inf
    assert not kept.is_usable()


def test_one_that_failed_is_asked(kept: DatabaseWrapper) -> None:
    with pytest.raises(OperationalError), kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert not kept.is_usable()
