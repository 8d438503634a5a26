"""What `manage.py evaluate` can measure here."""

from recommendations.evaluations import ranking_policy, recommendations, search

__all__ = ["ranking_policy", "recommendations", "search"]
