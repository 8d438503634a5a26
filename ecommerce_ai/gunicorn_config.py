"""gunicorn: two workers with a few threads, and the encoder loaded behind the first requests."""

import logging
import os
import threading
from typing import Any

from ecommerce_ai.logging import logging_config

wsgi_app = "ecommerce_ai.wsgi:application"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = True  # Django is imported once, before the workers part
graceful_timeout = 4
keepalive = 5
control_socket_disable = True
accesslog = None  # django-structlog writes one line for each request
logconfig_dict = {**logging_config(debug=False), "loggers": {"gunicorn.error": {"propagate": True}}}


def post_worker_init(worker: Any) -> None:
    """Loads the encoder in the background, so that the first search does not wait for it."""
    threading.Thread(target=_warm, name="warm-encoder", daemon=True).start()


def _warm() -> None:
    from ecommerce_ai.inference.registry import warm_encoder

    try:
        warm_encoder()
    except Exception:
        # The pages work without the encoder, by words alone.
        logging.getLogger(__name__).exception("The encoder could not be loaded")
