"""The Celery application. Tasks are declared with `ecommerce_ai.jobs.declare`, schedules in the settings."""

import os
import signal
import threading
from typing import Any

from celery import Celery
from celery.signals import worker_shutting_down
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecommerce_ai.settings")

COLD_SHUTDOWN_S = 8

app = Celery("ecommerce_ai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@worker_shutting_down.connect
def bound_cold_shutdown(how: str, **_: Any) -> None:
    """Told to hand its jobs back at once, a worker whose broker is gone too would go on trying to."""
    if how == "Cold":
        end = threading.Timer(COLD_SHUTDOWN_S, os.killpg, (os.getpgrp(), signal.SIGKILL))
        end.daemon = True
        end.start()
