"""kill -9 of a worker in the middle of embedding, of Redis, of PostgreSQL, of `serve`: nothing is lost."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ecommerce_ai import embedded
from tests.runtime.processes import CHECKOUT, eventually, has_started, is_alive, kill, server_pid
from tests.runtime.shops import environment, manage, served
from tests.runtime.stores import query

PRODUCTS = 512
ADD_PRODUCTS = """
INSERT INTO shop_product (sku, title, description, brand, attributes, price, currency, stock, language,
                          translations, image, is_live, created_at, updated_at)
SELECT 'SKU-' || n, 'Product ' || n, 'A warm and well made thing', 'Brand',
       '{}', 10, 'GBP', NULL, 'en', '{}', '', true, now(), now()
FROM generate_series(1, 512) AS n
"""


@pytest.mark.slow
def test_every_product_has_one_current_vector_and_nothing_acknowledged_is_missing(home: Path) -> None:
    manage(home, "migrate")
    with embedded.running(home):
        query(home, ADD_PRODUCTS)
    with served(home) as shop, restless_shopper(home) as acknowledged:
        run_python(home, "from recommendations.tasks import embed_products; embed_products.delay()")
        eventually(lambda: vectors(home) > 0, limit_s=120)
        kill(shop.worker("models"))
        assert 0 < vectors(home) < PRODUCTS
        kill_server(home, "redis")
        kill_server(home, "postgres")
        eventually(lambda: shop.says("models ended with signal SIGKILL"))
        seen = len(lines(acknowledged))
        eventually(lambda: len(lines(acknowledged)) > seen + 20)
        everything = [child.pid for child in shop.descendants()]
        kill(shop.process.pid)
        eventually(lambda: not any(map(is_alive, everything)))
    with served(home):
        eventually(lambda: vectors(home) == PRODUCTS, limit_s=300)
        assert stale_products(home) == 0
        kept = {f"event {row[0]}" for row in query(home, "SELECT event_id FROM shop_event")}
        kept |= {f"order {row[0]}" for row in query(home, "SELECT number FROM shop_order")}
        assert {line.split()[0] for line in lines(acknowledged)} == {"event", "order"}
        assert set(lines(acknowledged)) - kept == set()


def vectors(home: Path) -> int:
    return int(query(home, "SELECT count(*) FROM recommendations_productvector")[0][0])


def stale_products(home: Path) -> int:
    """How many products have no vector, or one of another text, as the application itself sees it."""
    return int(
        run_python(
            home,
            "from ecommerce_ai.inference.registry import get_encoder\n"
            "from recommendations.selectors.staleness import stale_products\n"
            "print(stale_products(get_encoder().name).count())",
        )
    )


def run_python(home: Path, code: str) -> str:
    """What the code prints inside the application."""
    return manage(home, "shell", "--no-imports", "-c", code)


def kill_server(home: Path, name: str) -> None:
    """kill -9, and another one has taken its place."""
    pid = server_pid(home, name)
    kill(pid)
    eventually(lambda: has_started(home, name) and server_pid(home, name) != pid)


def lines(file: Path) -> list[str]:
    """The lines written to their end."""
    return file.read_text().split("\n")[:-1]


@contextmanager
def restless_shopper(home: Path) -> Iterator[Path]:
    """The file in which a shopper, who goes on over every failure, keeps what was acknowledged."""
    file = home / "acknowledged"
    with file.open("w") as output:
        shopper = subprocess.Popen(
            [sys.executable, "-m", "tests.runtime.shopper"],
            cwd=CHECKOUT,
            env=environment(home),
            stdout=output,
        )
    try:
        eventually(lambda: len(lines(file)) > 20)
        yield file
    finally:
        shopper.kill()
        shopper.wait()
