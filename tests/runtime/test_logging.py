"""Log lines are readable here, JSON in production, and name nobody."""

import json
import logging
import logging.config

import pytest
import structlog

from ecommerce_ai.logging import logging_config, without_personal_data


def logged(message: str, *arguments: object) -> str:
    """The line that the configured formatter writes for a warning."""
    config = logging_config(debug=False)["formatters"]["line"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=config["processors"], foreign_pre_chain=config["foreign_pre_chain"]
    )
    return formatter.format(logging.LogRecord("shop", logging.WARNING, __file__, 1, message, arguments, None))


def test_production_writes_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ENV", "production")
    line = json.loads(logged("imported %d rows", 3))
    assert (line["event"], line["level"], line["logger"]) == ("imported 3 rows", "warning", "shop")


def test_development_writes_text_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_ENV", raising=False)
    assert "imported 3 rows" in logged("imported %d rows", 3)
    monkeypatch.setenv("LOG_FORMAT", "json")
    assert json.loads(logged("imported"))["event"] == "imported"


def test_lines_carry_the_request_id() -> None:
    with structlog.contextvars.bound_contextvars(request_id="abc123"):
        assert "abc123" in logged("imported")


def test_addresses_are_masked_inside_any_text() -> None:
    assert "alice@example.com" not in logged("mail to %s failed", "alice@example.com")


def test_signed_links_are_masked() -> None:
    line = logged("%s", "GET /zh-hans/letters/leave/WzFd.kG-_x/ and /your-data/copy/abc:1/data.html")
    assert "GET /zh-hans/letters/leave/***/ and /your-data/copy/***/data.html" in line


def test_secrets_are_masked_by_key_and_in_urls() -> None:
    event = {
        "password": "x",
        "api_key": "x",
        "url": "redis://user:x@host/0",
        "data": {"token": "x"},
        "tokens": 7,
    }
    assert without_personal_data(None, "info", event) == {
        "password": "***",
        "api_key": "***",
        "url": "redis://user:***@host/0",
        "data": {"token": "***"},
        "tokens": 7,
    }
