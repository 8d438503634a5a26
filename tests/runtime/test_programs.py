"""Which programs `serve` runs, and which commands need servers."""

from pathlib import Path

import pytest

from ecommerce_ai.serving.programs import shop_programs
from manage import needs_servers


def test_web_stops_first_then_beat_then_the_workers() -> None:
    programs = shop_programs(host="127.0.0.1", port=8000, home=Path("/home"))
    assert [program.name for program in programs] == ["web", "beat", "default", "models"]


def test_every_queue_has_its_worker() -> None:
    programs = shop_programs(host="127.0.0.1", port=8000, home=Path("/home"))
    queues = [program.command[program.command.index("--queues") + 1] for program in programs[2:]]
    assert queues == ["default", "models"]


@pytest.mark.parametrize(("host", "bind"), [("127.0.0.1", "127.0.0.1:8001"), ("::1", "[::1]:8001")])
def test_web_listens_where_it_is_told(host: str, bind: str) -> None:
    web = shop_programs(host=host, port=8001, home=Path("/home"))[0]
    assert web.command[web.command.index("--bind") + 1] == bind


@pytest.mark.parametrize(
    "line", ["manage.py migrate", "manage.py import_data orders a.csv", "manage.py serve"]
)
def test_commands_that_touch_data_get_servers(line: str) -> None:
    assert needs_servers(line.split())


@pytest.mark.parametrize(
    "line", ["manage.py", "manage.py help", "manage.py serve --help", "manage.py collectstatic"]
)
def test_commands_that_touch_no_data_do_without(line: str) -> None:
    assert not needs_servers(line.split())
