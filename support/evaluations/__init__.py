"""What `manage.py evaluate` can measure here."""

from support.evaluations import answers, intents, sentiment

__all__ = ["answers", "intents", "sentiment"]
