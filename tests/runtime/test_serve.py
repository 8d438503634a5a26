"""`manage.py serve` brings the whole shop up and takes all of it down."""

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.runtime.processes import CHECKOUT, is_alive, server_pid
from tests.runtime.shops import Shop, environment, manage, served

pytestmark = pytest.mark.slow


def test_commands_work_beside_a_served_shop_and_ctrl_c_stops_all_of_it(home: Path) -> None:
    with served(home) as shop:
        with urllib.request.urlopen(f"http://127.0.0.1:{shop.port}/healthz") as answer:
            assert answer.status == 200
        assert manage(home, "shell", "--no-imports", "-c", "print('beside')") == "beside\n"
        refuses_a_second_serve(home, shop)
        everything = [child.pid for child in shop.descendants()]
        everything += [server_pid(home, name) for name in ("postgres", "redis")]
        assert len(everything) >= 8
        assert all(map(is_alive, everything))
        shop.process.send_signal(signal.SIGINT)
        assert shop.process.wait(30) == 0
        assert [pid for pid in everything if is_alive(pid)] == []
    assert not (home / "postgres" / "postmaster.pid").exists()


def refuses_a_second_serve(home: Path, shop: Shop) -> None:
    """One home has one shop; the one that is there goes on."""
    second = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", "1"],
        cwd=CHECKOUT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"is being served already, by process {shop.process.pid}" in second.stderr
    assert shop.process.poll() is None
