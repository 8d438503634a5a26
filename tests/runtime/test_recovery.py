"""Whatever is killed, the next start finds everything that was acknowledged."""

import subprocess
import sys
from pathlib import Path

import pytest

from ecommerce_ai import embedded
from tests.runtime.processes import CHECKOUT, HOLD, eventually, holder, is_alive, kill, server_pid
from tests.runtime.stores import query, redis_client


def test_rows_survive_a_killed_postgres(home: Path) -> None:
    with embedded.running(home):
        query(home, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id")
        kill(server_pid(home, "postgres"))
        assert embedded.ensure_running(home) == ["postgres"]
        assert query(home, "SELECT count(*) FROM kept") == [(1000,)]


def test_the_queue_survives_a_killed_redis(home: Path) -> None:
    with embedded.running(home):
        redis_client(home).rpush("default", *range(1000))
        kill(server_pid(home, "redis"))
        assert embedded.ensure_running(home) == ["redis"]
        assert redis_client(home).llen("default") == 1000


def test_the_queue_survives_a_clean_restart(home: Path) -> None:
    with embedded.running(home):
        redis_client(home).rpush("default", *range(1000))
    with embedded.running(home):
        assert redis_client(home).llen("default") == 1000


def test_nothing_is_restarted_while_it_answers(home: Path) -> None:
    with embedded.running(home):
        assert embedded.ensure_running(home) == []


def test_servers_of_a_killed_owner_are_found_again_or_started_anew(home: Path) -> None:
    with holder(home) as owner:
        query(home, "CREATE TABLE kept (id int)")
        kill(owner.pid)
    with embedded.running(home):
        assert query(home, "SELECT to_regclass('kept') IS NOT NULL") == [(True,)]
        pids = [server_pid(home, name) for name in ("postgres", "redis")]
    assert [is_alive(pid) for pid in pids] == [False, False]


def test_servers_whose_only_owner_was_killed_stop_by_themselves(home: Path) -> None:
    with holder(home) as owner:
        pids = [server_pid(home, name) for name in ("postgres", "redis")]
        kill(owner.pid)
        eventually(lambda: not any(map(is_alive, pids)))


def test_servers_go_on_when_one_of_two_owners_is_killed(home: Path) -> None:
    with holder(home) as one, holder(home):
        kill(one.pid)
        assert query(home, "SELECT 1") == [(1,)]
        assert embedded.ensure_running(home) == []


def test_everything_killed_at_once_comes_back(home: Path) -> None:
    with holder(home) as owner:
        query(home, "CREATE TABLE kept (id int)")
        redis_client(home).rpush("default", "job")
        for pid in (owner.pid, server_pid(home, "redis"), server_pid(home, "postgres")):
            kill(pid)
    with embedded.running(home):
        assert query(home, "SELECT to_regclass('kept') IS NOT NULL") == [(True,)]
        assert redis_client(home).llen("default") == 1


def test_a_pid_file_that_names_a_living_stranger_is_a_leftover(home: Path) -> None:
    stranger = subprocess.Popen(["sleep", "600"])
    try:
        (home / "postgres" / "postmaster.pid").write_text(f"{stranger.pid}\n{home / 'postgres'}\n")
        (home / "redis" / "redis.pid").write_text(f"{stranger.pid}\n")
        with embedded.running(home):
            assert query(home, "SELECT 1") == [(1,)]
            assert redis_client(home).ping()
        assert is_alive(stranger.pid)
    finally:
        stranger.kill()
        stranger.wait()


def test_an_append_only_file_cut_in_the_middle_of_a_write_keeps_what_came_before(home: Path) -> None:
    with embedded.running(home):
        redis_client(home).rpush("default", "first", "second")
        redis_client(home).rpush("default", "third")
    file = home / "redis" / "appendonly.aof"
    file.write_bytes(file.read_bytes()[:-5])
    with embedded.running(home):
        assert redis_client(home).lrange("default", 0, -1) == [b"first", b"second"]


@pytest.mark.slow
def test_a_start_killed_in_initdb_is_done_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    starter = subprocess.Popen([sys.executable, "-c", HOLD, str(home)], cwd=CHECKOUT, stdin=subprocess.PIPE)
    eventually(lambda: (home / "postgres.building" / "PG_VERSION").exists())
    kill(starter.pid)
    starter.communicate()
    assert not (home / "postgres").exists()
    with embedded.running(home):
        assert query(home, "SELECT 1") == [(1,)]
    assert not (home / "postgres.building").exists()
