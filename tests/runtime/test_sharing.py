"""A home's servers are shared by its processes and by nobody else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ecommerce_ai import embedded
from tests.runtime.processes import holder, is_alive, leave, server_pid
from tests.runtime.stores import query, redis_client


def test_servers_answer_inside_and_are_gone_outside(home: Path) -> None:
    with embedded.running(home):
        assert query(home, "SELECT 1") == [(1,)]
        assert redis_client(home).ping()
        pids = [server_pid(home, name) for name in ("postgres", "redis")]
    assert [is_alive(pid) for pid in pids] == [False, False]


def test_a_second_process_finds_the_servers_and_leaves_them_up(home: Path) -> None:
    with embedded.running(home):
        before = server_pid(home, "postgres"), server_pid(home, "redis")
        with holder(home):
            assert (server_pid(home, "postgres"), server_pid(home, "redis")) == before
        assert query(home, "SELECT 1") == [(1,)]
        assert redis_client(home).ping()


def test_the_last_to_leave_stops_the_servers(home: Path) -> None:
    with holder(home) as first:
        with embedded.running(home):
            pid = server_pid(home, "postgres")
            leave(first)
            assert query(home, "SELECT 1") == [(1,)]
        assert not is_alive(pid)


def test_two_homes_share_nothing(make_home: Callable[..., Path]) -> None:
    one, other = make_home("one"), make_home("other")
    with embedded.running(one), embedded.running(other):
        query(one, "CREATE TABLE mine (id int)")
        redis_client(one).set("mine", "1")
        assert query(other, "SELECT to_regclass('mine')") == [(None,)]
        assert redis_client(other).get("mine") is None


def test_a_home_is_served_by_one_process_at_a_time(home: Path) -> None:
    refused = pytest.raises(embedded.EmbeddedError, match=rf"served already, by process {os.getpid()}\.")
    with embedded.exclusive(home), refused, embedded.exclusive(home):
        pass
    with embedded.exclusive(home):
        pass


def test_a_url_replaces_its_server_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/shop")
    with embedded.running(home):
        assert redis_client(home).ping()
        assert not (home / "postgres" / "postmaster.pid").exists()
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    with embedded.running(home):
        assert not (home / "redis" / "redis.pid").exists()
