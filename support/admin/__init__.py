"""Lists and forms of what shoppers are answered from, and of what was done for them."""

from support.admin import articles, cases, intents

__all__ = ["articles", "cases", "intents"]
