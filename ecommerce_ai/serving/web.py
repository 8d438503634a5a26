"""The web program seen from outside: is its address free, does it answer."""

import http.client
import socket
import threading

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (a host to listen on is named, not opened)


def visible_host(host: str) -> str:
    """The host to open in a browser for a host to listen on."""
    return _ANYWHERE.get(host, host)


def is_free(host: str, port: int) -> bool:
    """Whether the web program can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers_before(stopping: threading.Event, host: str, port: int) -> bool:
    """Waits until the web program answers a request, whatever it says; False when `stopping` comes first."""
    while not stopping.wait(0.2):
        connection = http.client.HTTPConnection(visible_host(host), port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            continue
        finally:
            connection.close()
        return True
    return False
