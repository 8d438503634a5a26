"""The project package: settings, jobs and the apps that hold facts and pages."""

from ecommerce_ai.celery import app as celery_app

__all__ = ["celery_app"]
