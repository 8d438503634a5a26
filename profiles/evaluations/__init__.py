"""What `manage.py evaluate` can measure here."""

from profiles.evaluations import purchases, risk

__all__ = ["purchases", "risk"]
