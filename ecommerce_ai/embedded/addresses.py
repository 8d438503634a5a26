"""Where a home's servers are found. Pure: nothing is created or started."""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DATABASE = "ecommerce_ai"
POSTGRES_PORT = "5432"


def home() -> Path:
    """The directory that holds everything this installation keeps: `ECOMMERCE_AI_HOME`, or `.local` here."""
    return Path(os.environ.get("ECOMMERCE_AI_HOME") or CHECKOUT / ".local").resolve()


def socket_directory(home: Path) -> Path:
    """A private directory, always the same for one home.

    A Unix socket's path may have 107 bytes and a home may be longer, hold spaces, or lie on a mount that
    takes no sockets: so its name is a hash of the home.
    """
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:20]
    return Path("/tmp") / f"ecommerce-ai-{digest}"  # noqa: S108 (created 0700, its owner is checked)


def redis_socket(home: Path) -> Path:
    """The socket that the home's Redis listens on."""
    return socket_directory(home) / "redis.sock"


def database_settings(home: Path) -> dict[str, str]:
    """The `DATABASES` entry of the home's PostgreSQL."""
    return {
        "ENGINE": "ecommerce_ai.database",
        "NAME": DATABASE,
        "USER": DATABASE,
        "HOST": str(socket_directory(home)),
        "PORT": POSTGRES_PORT,
    }


def broker_url(home: Path) -> str:
    """The home's Redis as Celery's broker."""
    return f"redis+socket://{redis_socket(home)}?virtual_host=0"


def cache_url(home: Path) -> str:
    """The home's Redis as Django's cache; a database of its own, so clearing it leaves the queue alone."""
    return f"unix://{redis_socket(home)}?db=1"
