"""Forms of the office beyond those of lists."""

from ecommerce_ai.dashboard.forms.imports import ImportForm

__all__ = ["ImportForm"]
