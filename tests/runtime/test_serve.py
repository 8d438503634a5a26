"""`manage.py serve` brings the whole shop up and takes all of it down."""

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.runtime.processes import CHECKOUT, eventually, is_alive, kill, server_pid
from tests.runtime.shops import environment, manage, served

pytestmark = pytest.mark.slow


def test_ctrl_c_stops_web_workers_beat_and_servers(home: Path) -> None:
    with served(home) as shop:
        with urllib.request.urlopen(f"http://127.0.0.1:{shop.port}/healthz") as answer:
            assert answer.status == 200
        everything = [child.pid for child in shop.descendants()]
        everything += [server_pid(home, name) for name in ("postgres", "redis")]
        assert len(everything) >= 8
        shop.process.send_signal(signal.SIGINT)
        assert shop.process.wait(30) == 0
        assert [pid for pid in everything if is_alive(pid)] == []


def test_nothing_of_a_killed_serve_goes_on(home: Path) -> None:
    with served(home) as shop:
        everything = [child.pid for child in shop.descendants()]
        kill(shop.process.pid)
        eventually(lambda: not any(map(is_alive, everything)), limit_s=20)


def test_beside_a_served_shop_commands_work_and_a_second_serve_does_not(home: Path) -> None:
    with served(home) as shop:
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
        assert manage(home, "shell", "--no-imports", "-c", "print('beside')") == "beside\n"
        assert shop.process.poll() is None
        assert psutil.pid_exists(server_pid(home, "postgres"))
    assert not (home / "postgres" / "postmaster.pid").exists()
