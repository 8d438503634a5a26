"""What `manage.py evaluate` can measure here."""

from marketing.evaluations import copy, writer

__all__ = ["copy", "writer"]
