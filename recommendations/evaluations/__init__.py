"""What `manage.py evaluate` can measure here."""

from recommendations.evaluations import search

__all__ = ["search"]
