"""An erasure and the job that prepares lists lock the customer first: neither dies of the other."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ecommerce_ai.data_register import Subject
from ecommerce_ai.privacy.services.erasing import erase_rows
from ecommerce_ai.shop.models import Customer
from recommendations.models import PreparedList
from recommendations.services.preparing import write_lists
from tests.factories import make_customer

pytestmark = pytest.mark.django_db(transaction=True)
TIMEOUT_S = 20


@pytest.fixture
def row() -> PreparedList:
    now = timezone.now()
    row = PreparedList(
        customer=make_customer(),
        version="x",
        stamp=1,
        product_ids=[],
        goods_stamp=0,
        lists_left=1,
        counted_until=now,
        outline="{}",
        prepared_at=now,
        good_until=now + timedelta(hours=1),
    )
    row.save()
    return row


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def on_its_own_connection(work: Callable[[], object]) -> object:
    try:
        return work()
    finally:
        connection.close()


def erase(row: PreparedList) -> None:
    erase_rows(Subject(customer_ids=frozenset({row.customer_id})))


def wait_for_the_other() -> None:
    """Until another connection waits for a lock."""
    until = timezone.now() + timedelta(seconds=TIMEOUT_S)
    with connection.cursor() as cursor:
        waiting = 0
        while not waiting and timezone.now() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            waiting = cursor.fetchone()[0]
    assert waiting


def test_the_job_passes_by_whom_somebody_erases(row: PreparedList, elsewhere: ThreadPoolExecutor) -> None:
    with transaction.atomic():
        erase(row)
        job = elsewhere.submit(on_its_own_connection, lambda: write_lists([row]))
        assert job.result(timeout=TIMEOUT_S) == 0
    assert not PreparedList.objects.exists()
    assert not Customer.objects.exists()


def test_an_erasure_waits_for_the_job_and_takes_what_it_wrote(
    row: PreparedList, elsewhere: ThreadPoolExecutor
) -> None:
    with transaction.atomic():
        list(Customer.objects.select_for_update(no_key=True))
        erasure = elsewhere.submit(on_its_own_connection, lambda: erase(row))
        wait_for_the_other()
        assert write_lists([row]) == 1
    erasure.result(timeout=TIMEOUT_S)
    assert not PreparedList.objects.exists()
    assert not Customer.objects.exists()
