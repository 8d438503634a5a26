"""Reads what mail servers send back: failed deliveries (RFC 3464) and complaints (RFC 5965). Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

# Enhanced status codes (RFC 3463) of an address that takes no mail; full boxes, sizes and policies may pass.
NOBODY_THERE = re.compile(r"\b5\.(0\.0|1\.[0-6]|1\.10|2\.1)\b")
MAY_PASS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b|relay|polic|spam|block", re.IGNORECASE)
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>\s]+>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Returned:
    """What became of a message of ours. `is_permanent`: the address does not exist or takes no mail."""

    message_id: str
    is_complaint: bool = False
    is_permanent: bool = False
    status: str = ""


def closes_address(answer: str, code: int = 0) -> bool:
    """Whether a mail server's answer says that nobody ever gets mail at this address.

    A server that is set up wrong refuses all of them with such a code ("relay access denied").
    """
    if NOBODY_THERE.search(answer):
        return True
    return code in (550, 551, 553) and not MAY_PASS.search(answer)


def read_returned(raw: bytes) -> Returned | None:
    """What a report says about a message of ours; None for what is no report, or names no message.

    Delays and successful deliveries are reports too, and say nothing that matters here.
    """
    message = message_from_bytes(raw, policy=policy.default)
    message_id = message_id_in(message)
    if not message_id:
        return None
    if report_type(message) == "feedback-report":
        return Returned(message_id, is_complaint=True)
    for fields in delivery_fields(message):
        if fields.get("action") == "failed":
            status = fields.get("status", "")
            return Returned(message_id, is_permanent=closes_address(status), status=status[:12])
    return None


def report_type(message: EmailMessage) -> str:
    return str(message.get_param("report-type", "", "content-type")).lower()


def message_id_in(message: EmailMessage) -> str:
    """The number of the message that comes back, in the part that holds it or its head."""
    for part in message.walk():
        if part is message:
            continue
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            found = MESSAGE_ID.search(part.as_bytes())
            if found:
                return found[1].decode("ascii", "replace")
    return ""


def delivery_fields(message: EmailMessage) -> Iterator[dict[str, str]]:
    """The groups of fields of a delivery status, by lower-case name."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for group in part.get_payload():
                if isinstance(group, EmailMessage):
                    yield {name.lower(): str(value).strip().lower() for name, value in group.items()}
