"""Lists of what was written and approved, of the rules for it, and of who got it."""

from marketing.admin import campaigns, learning, rules, texts

__all__ = ["campaigns", "learning", "rules", "texts"]
