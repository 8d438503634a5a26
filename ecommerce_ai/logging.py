"""Logs: readable lines on a terminal and in development, JSON where a collector reads them.

Request and task ids come from django-structlog, which binds them around each request and each task.
"""

import os
import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SECRET_KEY = re.compile(
    r"(^|_)(password|secret|token|api_key|authorization|cookie|e?mail|phone)$", re.IGNORECASE
)
_ADDRESS_KEYS = {"request", "path", "url"}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Signed links: who has one may unsubscribe somebody, or read a copy of their data.
_LINK = re.compile(r"(/(?:letters/\w+|your-data/copy)/)[^/?\s]+")
_URL_PASSWORD = re.compile(r"(://[^\s:/@]*):[^\s@/]+@")


def writes_json() -> bool:
    """Whether lines are JSON: as `LOG_FORMAT` (json, console) says, else in production only."""
    default = "json" if os.environ.get("DJANGO_ENV") == "production" else "console"
    return os.environ.get("LOG_FORMAT", default) == "json"


def configure_structlog() -> None:
    """Sends structlog's events through the standard library, so that one formatter writes every line."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_enrichment(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def logging_config(*, debug: bool) -> dict[str, Any]:
    """The `LOGGING` setting: everything goes to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": _rendering(),
                "foreign_pre_chain": _enrichment(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "DEBUG" if debug else "INFO"},
        "loggers": {
            "django.db.backends": {"level": "INFO"},
            "django.server": {"handlers": [], "propagate": True},
            # django-structlog writes one line for each request, which names the id as well
            "django.request": {"level": "ERROR"},
            "kombu": {"level": "INFO"},
            # and one for each step of a task
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "asyncio": {"level": "WARNING"},
        },
    }


def without_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The event with secrets and e-mail addresses masked: under keys that name one, and inside any text."""
    return {key: _masked(value, key) for key, value in event.items()}


def masked_text(text: str) -> str:
    """The text without e-mail addresses, passwords in addresses of servers, and what is secret in links."""
    return _EMAIL.sub("<e-mail>", _URL_PASSWORD.sub(r"\1:***@", _LINK.sub(r"\1***", text)))


def _masked(value: object, key: str = "") -> object:
    if _SECRET_KEY.search(key):
        return "***"
    if isinstance(value, str):
        # What was searched for stands in the address: free text that people wrote.
        return masked_text(value.partition("?")[0] if key in _ADDRESS_KEYS else value)
    if isinstance(value, dict):
        return {name: _masked(item, str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return value


def _enrichment() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _rendering() -> list[Processor]:
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        without_personal_data,
        _renderer(),
    ]


def _renderer() -> Processor:
    if writes_json():
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=os.isatty(2) or os.environ.get("FORCE_COLOR") == "1",
        exception_formatter=structlog.dev.plain_traceback,
    )
