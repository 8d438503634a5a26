"""gunicorn: two workers with a few threads, and the encoder loaded behind the first requests."""

import logging
import os
import threading
from typing import Any

from threadpoolctl import threadpool_limits

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
    """One thread for arithmetic; the encoder is loaded behind it, so that the first search does not wait.

    Products of small matrices on all cores spent twice the time of a list in waiting for each other.
    """
    threadpool_limits(1, user_api="blas")
    if os.environ.get("WARM_ENCODER", "1") == "1":
        threading.Thread(target=_warm, name="warm-encoder", daemon=True).start()


def _warm() -> None:
    from ecommerce_ai.inference.registry import warm_encoder

    try:
        warm_encoder()
    except Exception:
        # The pages work without the encoder, by words alone.
        logging.getLogger(__name__).exception("The encoder could not be loaded")
