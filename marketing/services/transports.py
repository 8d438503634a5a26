"""How a message leaves. A transport either sends it, or says that it certainly did not, or leaves it open."""

import smtplib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

import structlog
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.utils.module_loading import import_string

from marketing.ml.returned_mail import closes_address

log = structlog.get_logger(__name__)
TAKEN, CLOSING = 250, 421
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException)
NOWHERE = ("console.EmailBackend", "dummy.EmailBackend")


@dataclass(frozen=True)
class Message:
    """What one person gets. `subject`, `html`, `headers` are for e-mail; `text_id`: the approved text, None
    for one of their own."""

    recipient_id: uuid.UUID
    campaign_id: int
    channel: str
    address: str
    subject: str
    text: str
    text_id: int | None = None
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class AddressRefused(Exception):
    """The message was certainly not taken; `is_permanent`: this address never takes any."""

    def __init__(self, code: int, *, is_permanent: bool) -> None:
        super().__init__(str(code))
        self.is_permanent = is_permanent


class SenderRefused(Exception):
    """The message was certainly not taken, and no other would be: something is set up wrong, or away."""


class Unknown(Exception):
    """The line broke while the message was handed over: it may have been taken."""


class Transport(Protocol):
    """`reaches_people`: whether a message that was sent gets anywhere."""

    reaches_people: bool

    def send(self, message: Message) -> None:
        """Returns when the message was taken; else raises AddressRefused, SenderRefused or Unknown."""

    def close(self) -> None:
        """Lets go of the line; the next message opens it again."""


class Email:
    """By Django's backend, over one connection for many messages."""

    def __init__(self) -> None:
        self.connection = get_connection()
        self.reaches_people = not settings.EMAIL_BACKEND.endswith(NOWHERE)

    def send(self, message: Message) -> None:
        letter = EmailMultiAlternatives(
            message.subject,
            message.text,
            to=[message.address],
            headers=message.headers,
            connection=self.connection,
        )
        if message.html:
            letter.attach_alternative(message.html, "text/html")
        self.open()
        with answers_read():
            try:
                letter.send()
            except REFUSALS as refusal:
                if not closes_line(refusal):
                    raise
                self.open()
                letter.send()

    def open(self) -> None:
        """A line that answers: one that was closed since the last message is opened again."""
        line = getattr(self.connection, "connection", None)
        try:
            if isinstance(line, smtplib.SMTP) and not answers(line):
                self.connection.close()
            self.connection.open()
        except (smtplib.SMTPException, OSError) as error:
            raise SenderRefused(type(error).__name__) from error

    def close(self) -> None:
        self.connection.close()


def answers(line: smtplib.SMTP) -> bool:
    try:
        return line.noop()[0] == TAKEN
    except (smtplib.SMTPException, OSError):
        return False


def closes_line(refusal: smtplib.SMTPException) -> bool:
    """Whether the server took nothing and hung up, as one does that takes only so many messages by a line."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return CLOSING in [code for code, _text in refusal.recipients.values()]
    return isinstance(refusal, smtplib.SMTPResponseException) and refusal.smtp_code == CLOSING


@contextmanager
def answers_read() -> Iterator[None]:
    """What a mail server's answer means for the message."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))  # a message has one recipient
        is_permanent = closes_address(text.decode("utf-8", "replace"), code)
        raise AddressRefused(code, is_permanent=is_permanent) from error
    except smtplib.SMTPSenderRefused as error:
        raise SenderRefused(f"SMTP {error.smtp_code}") from error
    except smtplib.SMTPResponseException as error:
        raise AddressRefused(error.smtp_code, is_permanent=False) from error
    except (BadHeaderError, UnicodeError, smtplib.SMTPNotSupportedError) as error:
        raise AddressRefused(553, is_permanent=False) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unknown(type(error).__name__) from error


class LogOnly:
    """For channels without a provider: one line that says a message would have left, and nothing of it."""

    reaches_people = False

    def send(self, message: Message) -> None:
        log.info(
            "message_not_sent_but_logged",
            campaign=message.campaign_id,
            channel=message.channel,
            recipient=str(message.recipient_id),
            characters=len(message.text),
        )

    def close(self) -> None:
        """There is no line."""


@cache
def transport_class(path: str) -> type[Transport]:
    found: type[Transport] = import_string(path)
    return found


def transport_for(channel: str) -> Transport:
    """A fresh one, as the setting `MARKETING_TRANSPORTS` names it."""
    return transport_class(settings.MARKETING_TRANSPORTS[channel])()
