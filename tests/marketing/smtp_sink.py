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
    """`refused` answers an address (`*`: all), 421 hangs up as well; a message for `hangs_up_on` breaks the
    line. `most`: after so many messages of one line it answers 421 (`says_why`) or only hangs up.
    """

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    hangs_up_on: set[str] = field(default_factory=set)
    most: int | None = None
    says_why: bool = True
    on_letter: Callable[[str], None] = lambda _address: None

    @property
    def addresses(self) -> list[str]:
        return sorted(letter.to for letter in self.letters)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipients: list[str] = []
        taken, is_open = 0, True
        writer.write(b"220 sink\r\n")
        while is_open and (line := (await reader.readline()).decode("utf-8", "replace").strip()):
            if line.upper().startswith("DATA"):
                taken += 1
                is_open = await self.take(reader, writer, recipients)
                is_open = is_open and (self.says_why or taken != self.most)
                recipients.clear()
            else:
                answer = self.answer_to(line, recipients, taken)
                writer.write(answer)
                is_open = not answer.startswith((b"221", b"421"))
        writer.close()

    async def take(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, recipients: list[str]
    ) -> bool:
        """Whether the sender was told that it was taken."""
        writer.write(b"354 go on\r\n")
        self.keep(recipients, await read_body(reader))
        for address in recipients:
            self.on_letter(address)
        if self.hangs_up_on.intersection(recipients):
            return False
        writer.write(b"250 taken\r\n")
        return True

    def answer_to(self, line: str, recipients: list[str], taken: int) -> bytes:
        verb = line.upper()
        if verb.startswith("RCPT TO:"):
            return self.answer(line[8:].split(">")[0].strip(" <"), recipients)
        if verb.startswith("QUIT"):
            return b"221 bye\r\n"
        if verb.startswith(("MAIL", "RSET")):
            recipients.clear()
        is_full = verb.startswith("MAIL") and taken == self.most
        return b"421 4.7.0 too many messages in this connection\r\n" if is_full else b"250 sink\r\n"

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
