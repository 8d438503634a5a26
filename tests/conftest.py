"""Every run of the suite has its own home: a Postgres and a Redis that nothing else uses."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation

from tests.settings import TEST_HOME


@pytest.fixture(scope="session")
def servers() -> Iterator[Path]:
    """Postgres and Redis, started on first use and stopped with the run."""
    from ecommerce_ai import embedded

    with embedded.running(TEST_HOME):
        yield TEST_HOME
    shutil.rmtree(TEST_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: Path) -> None:
    """The test database lies in the embedded server."""


def uses_database(request: pytest.FixtureRequest) -> bool:
    marked = request.node.get_closest_marker("django_db")
    return bool(marked or {"db", "transactional_db"} & set(request.fixturenames))


@pytest.fixture(autouse=True)
def fresh_cache(request: pytest.FixtureRequest) -> None:
    """Tests that touch the database start with an empty cache, so none sees another's rate limits."""
    if uses_database(request):
        from django.core.cache import cache

        request.getfixturevalue("servers")
        cache.clear()


@pytest.fixture(scope="session")
def modules_begun() -> set[str]:
    return set()


@pytest.fixture(autouse=True)
def clean_graph(request: pytest.FixtureRequest, modules_begun: set[str]) -> None:
    """Each module starts with an index without the rows that other tests rolled back.

    A shop vacuums them away too: hundreds of dead ones, all alike, would hide the few that live.
    """
    name = request.node.module.__name__
    if name in modules_begun or not uses_database(request):
        return
    modules_begun.add(name)
    request.getfixturevalue("django_db_setup")
    from django.db import connection

    beside = connection.copy()
    with request.getfixturevalue("django_db_blocker").unblock(), closing(beside), beside.cursor() as cursor:
        cursor.execute("VACUUM recommendations_productvector")


@pytest.fixture(autouse=True)
def reader_of_english() -> None:
    """A page in Chinese leaves its language behind in the thread; no test inherits it."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def steady_rate_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate limits count by windows of the clock; no test runs over the edge of one."""
    started = time.time()
    monkeypatch.setattr("django_ratelimit.core.time", SimpleNamespace(time=lambda: started))


@pytest.fixture
def assert_queries_do_not_grow(db: None) -> Callable[[Callable[[], object], Callable[[], object]], None]:
    """`(page, grow)`: runs `page`, lets `grow` add rows, runs it again: as many queries as before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def check(page: Callable[[], object], grow: Callable[[], object]) -> None:
        page()  # content types, sessions and other caches fill on the first call
        with CaptureQueriesContext(connection) as before:
            page()
        grow()
        with CaptureQueriesContext(connection) as after:
            page()
        assert len(after) <= len(before), "\n".join(query["sql"][:300] for query in after.captured_queries)

    return check
