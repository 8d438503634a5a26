"""The Celery application. Tasks are declared with `ecommerce_ai.jobs.declare`, schedules in the settings."""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecommerce_ai.settings")

app = Celery("ecommerce_ai")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()
