"""Homes of their own for the runtime's tests, and nothing left running in them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ecommerce_ai import embedded


@pytest.fixture(scope="session")
def template_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with empty servers, stopped: copying it is faster than making one."""
    home = tmp_path_factory.mktemp("template")
    with embedded.running(home):
        pass
    return home


@pytest.fixture
def make_home(template_home: Path) -> Iterator[Callable[..., Path]]:
    """`make_home(name="home")`: a home that has run before; stopped and removed after the test."""
    root = Path(tempfile.mkdtemp(prefix="runtime_"))
    root.chmod(0o755)
    made: list[Path] = []

    def make(name: str = "home") -> Path:
        home = root / name
        home.parent.mkdir(parents=True, exist_ok=True)
        made.append(home)
        return copy_home(template_home, home)

    yield make
    for home in made:
        with embedded.running(home):
            pass
    shutil.rmtree(root)


@pytest.fixture
def home(make_home: Callable[..., Path]) -> Path:
    """A home that has run before."""
    return make_home()


def copy_home(source: Path, target: Path) -> Path:
    """The home's data under another path, with its owners."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("locks"))
    for path in (source, *source.rglob("*")):
        twin = target / path.relative_to(source)
        if twin.exists():
            shutil.chown(twin, path.stat().st_uid, path.stat().st_gid)
    return target


@pytest.fixture(autouse=True)
def durable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers as merchants have them: what they acknowledge is on the disk."""
    monkeypatch.delenv("ECOMMERCE_AI_FSYNC", raising=False)
