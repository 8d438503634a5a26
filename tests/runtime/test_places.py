"""A home may lie anywhere, and belong to anyone."""

import os
import pwd
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ecommerce_ai import embedded
from ecommerce_ai.embedded.addresses import socket_directory
from tests.runtime.conftest import copy_home
from tests.runtime.processes import holder
from tests.runtime.stores import query, redis_client

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.mark.parametrize(
    "name", ["a home with spaces", "家 'quoted' \"twice\" %41 $HOME", "deep/" * 40 + "home"]
)
def test_a_home_with_an_odd_or_long_path_works(make_home: Callable[..., Path], name: str) -> None:
    home = make_home(name)
    with embedded.running(home):
        assert query(home, "SELECT 1") == [(1,)]
        assert redis_client(home).ping()


def test_a_new_home_with_spaces_gets_a_database_in_unicode(tmp_path: Path) -> None:
    home = tmp_path / "a new home"
    with embedded.running(home):
        assert query(home, "SELECT lower('ÉCOLE')") == [("école",)]
        assert query(home, "SHOW timezone") == [("UTC",)]


def test_sockets_fit_however_long_the_home_is(tmp_path: Path) -> None:
    assert len(os.fsencode(socket_directory(tmp_path / ("x" * 200)))) < 60


def test_two_spellings_of_one_home_are_one_home(tmp_path: Path) -> None:
    assert socket_directory(tmp_path / "a" / ".." / "b") == socket_directory(tmp_path / "b")


def test_nothing_listens_on_a_tcp_port(home: Path) -> None:
    with embedded.running(home):
        assert query(home, "SHOW listen_addresses") == [("",)]
        assert redis_client(home).config_get("port") == {"port": "0"}


def test_strangers_cannot_reach_the_sockets(home: Path) -> None:
    with embedded.running(home):
        assert socket_directory(home).stat().st_mode & 0o777 == 0o700


def test_a_socket_directory_of_somebody_else_is_refused(home: Path) -> None:
    socket_directory(home).mkdir(mode=0o755)
    refused = pytest.raises(embedded.EmbeddedError, match="is not a private directory")
    with refused, embedded.running(home):
        pass


@as_root
def test_an_ordinary_user_runs_their_own_home(make_home: Callable[..., Path]) -> None:
    home, user = make_home(), pwd.getpwnam("nobody")
    for path in (home, *home.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)
    with holder(home, user):
        assert (home / "postgres" / "postmaster.pid").stat().st_uid == user.pw_uid
        assert query(home, "SELECT 1") == [(1,)]


@as_root
def test_root_leaves_a_users_home_to_that_user(make_home: Callable[..., Path]) -> None:
    home, user = make_home(), pwd.getpwnam("nobody")
    for path in (home, *home.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)
    with embedded.running(home):
        assert query(home, "SELECT 1") == [(1,)]
    with holder(home, user):
        assert query(home, "SELECT 1") == [(1,)]


@as_root
def test_another_users_home_is_refused_in_words(make_home: Callable[..., Path]) -> None:
    home, user = make_home(), pwd.getpwnam("nobody")
    refused = pytest.raises(AssertionError, match=r"EmbeddedError: .* belongs to another user")
    with refused, holder(home, user):
        pass


@as_root
def test_root_may_keep_a_home_behind_a_closed_door(template_home: Path, tmp_path: Path) -> None:
    door = tmp_path / "closed"
    door.mkdir(mode=0o700)
    home = copy_home(template_home, door / "home")
    with embedded.running(home):
        assert query(home, "SELECT 1") == [(1,)]
    shutil.rmtree(door)
