"""Answers over HTTP that are whole in time: a server that drips does not hold a worker up."""

import io
import socket
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler, Request, build_opener


class TimedReader(io.RawIOBase):
    """What a socket receives until a moment; then TimeoutError."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, deadline: float) -> None:
        self.raw, self.sock, self.deadline = raw, sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("The answer was not whole in time.")
        self.sock.settimeout(left)
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()


class TimedResponse(HTTPResponse):
    """Its head and its body together may take what the socket's timeout allows for one piece."""

    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        allowed = sock.gettimeout()
        if allowed is not None:
            raw = self.fp.detach()
            self.fp = io.BufferedReader(TimedReader(raw, sock, time.monotonic() + allowed))


class TimedConnection(HTTPConnection):
    response_class = TimedResponse


class TimedSecureConnection(HTTPSConnection):
    response_class = TimedResponse


class TimedHandler(HTTPHandler):
    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(TimedConnection, request)


class TimedSecureHandler(HTTPSHandler):
    def https_open(self, request: Request) -> HTTPResponse:
        return self.do_open(TimedSecureConnection, request)


def answer_in_time(request: Request, *, timeout_s: float, most: int) -> bytes:
    """The body. Raises OSError where none comes in time, ValueError for what is not HTTP or too long."""
    try:
        with build_opener(TimedHandler, TimedSecureHandler).open(request, timeout=timeout_s) as answer:
            body: bytes = answer.read(most + 1)
    except OSError:
        raise
    except HTTPException as error:
        raise ValueError("The server does not answer as HTTP has it.") from error
    if len(body) > most:
        raise ValueError("The server's answer is too long.")
    return body
