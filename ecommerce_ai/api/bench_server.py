"""gunicorn on a scratch database, and clients that ask it: how benchmarks measure over HTTP."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from urllib.parse import quote

from django.conf import settings
from django.db import connection

CLIENTS = 8


@contextmanager
def running_server() -> Iterator[int]:
    """gunicorn as `serve` starts it, on this scratch database; lists need no encoder, so none is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": database_url(), "API_RATE": "1000000/m", "WARM_ENCODER": "0"}
    given = ["-c", "python:ecommerce_ai.gunicorn_config", "-b", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *given]
    server = subprocess.Popen(
        command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def database_url() -> str:
    given = connection.settings_dict
    login = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    return f"postgresql://{login}@{quote(given['HOST'], safe='')}:{given['PORT']}/{given['NAME']}"


def wait_for(port: int, *, seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/api/v1/ping", "") == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start.")


def ask(client: http.client.HTTPConnection, path: str, secret: str) -> int:
    client.request("GET", path, headers={"X-API-Key": secret})
    response = client.getresponse()
    response.read()
    return response.status


def load(port: int, paths: list[str], secret: str, *, calls: int) -> tuple[list[float], float]:
    """`calls` requests of each client: milliseconds of all, seconds of the whole. Raises on any error."""
    times: list[float] = []
    errors: list[object] = []
    turns = cycle(paths)

    def one_client() -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(calls):
            path, started = next(turns), time.perf_counter()
            try:
                status = ask(client, path, secret)
            except OSError as error:
                errors.append(error)
                return
            times.append((time.perf_counter() - started) * 1000)
            if status != 200:
                errors.append(status)

    threads = [threading.Thread(target=one_client) for _ in range(CLIENTS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise RuntimeError(f"{len(errors)} errors under load, the first: {errors[0]}")
    return times, time.perf_counter() - started
