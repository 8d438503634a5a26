"""A real SMTP server on a socket, in a thread of its own, that keeps what it is given."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Letter:
    """One message as it came over the line, with the envelope's address."""

    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")

    def part(self, kind: str) -> str:
        body = self.message.get_body(preferencelist=(kind,))
        return str(body.get_content()) if body else ""


@dataclass
class Sink:
    """`refused` answers an address (`*`: all); a message for `hangs_up_on` breaks the line."""

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    hangs_up_on: set[str] = field(default_factory=set)
    on_letter: Callable[[str], None] = lambda _address: None

    @property
    def addresses(self) -> list[str]:
        return sorted(letter.to for letter in self.letters)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipients: list[str] = []
        writer.write(b"220 sink\r\n")
        while line := (await reader.readline()).decode("utf-8", "replace").strip():
            verb = line.upper()
            if verb.startswith("DATA"):
                writer.write(b"354 go on\r\n")
                body = await read_body(reader)
                self.keep(recipients, body)
                for address in recipients:
                    self.on_letter(address)
                if self.hangs_up_on.intersection(recipients):
                    break
                recipients = []
                writer.write(b"250 taken\r\n")
            elif verb.startswith("RCPT TO:"):
                writer.write(self.answer(line[8:].split(">")[0].strip(" <"), recipients))
            elif verb.startswith("QUIT"):
                writer.write(b"221 bye\r\n")
                break
            else:
                recipients = [] if verb.startswith(("MAIL", "RSET")) else recipients
                writer.write(b"250 sink\r\n")
        writer.close()

    def answer(self, address: str, recipients: list[str]) -> bytes:
        if answer := self.refused.get(address) or self.refused.get("*"):
            return f"{answer}\r\n".encode()
        recipients.append(address)
        return b"250 fine\r\n"

    def keep(self, recipients: list[str], body: bytes) -> None:
        message = message_from_bytes(body, policy=policy.default)
        self.letters += [Letter(address, message) for address in recipients]


async def read_body(reader: asyncio.StreamReader) -> bytes:
    lines = []
    while (line := await reader.readline()) not in (b".\r\n", b""):
        lines.append(line[1:] if line.startswith(b"..") else line)
    return b"".join(lines)


@contextmanager
def running_sink() -> Iterator[Sink]:
    sink, loop = Sink(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opening = asyncio.run_coroutine_threadsafe(asyncio.start_server(sink.serve, "127.0.0.1", 0), loop)
    server = opening.result(5)
    sink.port = server.sockets[0].getsockname()[1]
    yield sink
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()
