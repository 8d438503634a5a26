"""Lists of what was written and approved, and of the rules for it."""

from marketing.admin import learning, rules, texts

__all__ = ["learning", "rules", "texts"]
