"""The body of a request with events: an event, a list, or GA4's Measurement Protocol. Pure."""

import json
import re
from typing import Any, NamedTuple, NoReturn

MAX_EVENTS = 1000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UnreadableEvents(ValueError):
    """The body as a whole holds no events; the message says what was expected."""


class TooManyEvents(ValueError):
    """More events than one request may hold."""


class EventBodies(NamedTuple):
    """The events, and what stands beside them for all: GA4's `client_id`, `user_id`, `timestamp_micros`."""

    bodies: list[Any]
    head: dict[str, Any]


def parse_events(body: bytes) -> EventBodies:
    """Raises UnreadableEvents or TooManyEvents."""
    try:
        content = json.loads(body, parse_constant=refuse_constant)
        content = storable(content) if b"\\u" in body else content
    except (ValueError, RecursionError) as error:
        raise UnreadableEvents("The body is not JSON.") from error
    found = events_in(content)
    if len(found.bodies) > MAX_EVENTS:
        raise TooManyEvents(f"At most {MAX_EVENTS} events in one request; these are {len(found.bodies)}.")
    return found


def events_in(content: Any) -> EventBodies:
    if isinstance(content, list):
        return EventBodies(content, {})
    if not isinstance(content, dict):
        raise UnreadableEvents("Expected an event, a list of events, or an object with “events”.")
    if "events" not in content:
        return EventBodies([content], {})
    if not isinstance(content["events"], list):
        raise UnreadableEvents("“events” is a list.")
    head = {name: value for name, value in content.items() if name != "events"}
    return EventBodies(content["events"], head)


def storable(value: Any) -> Any:
    """The value without what no database text holds: NUL, and halves of surrogate pairs."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(name): storable(item) for name, item in value.items()}
    return value


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
