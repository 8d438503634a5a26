#!/usr/bin/env python
"""Django's command line, with the embedded servers up around every command that needs them."""

import os
import signal
import sys

from django.core.management import execute_from_command_line

from ecommerce_ai import embedded

WITHOUT_SERVERS = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "startproject",
    "version",
}


def needs_servers(arguments: list[str]) -> bool:
    """Whether the command line reads or writes the database, the cache or the queue."""
    if len(arguments) < 2 or {"-h", "--help", "--version"} & set(arguments):
        return False
    return arguments[1] not in WITHOUT_SERVERS


def main() -> None:
    """Runs the command; servers that were not up before are not up afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecommerce_ai.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if not needs_servers(sys.argv):
        execute_from_command_line(sys.argv)
        return
    try:
        with embedded.running(embedded.home()):
            execute_from_command_line(sys.argv)
    except embedded.EmbeddedError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
