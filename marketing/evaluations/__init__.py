"""What `manage.py evaluate` can measure here."""

from marketing.evaluations import writer

__all__ = ["writer"]
