"""What other apps and the sending of campaigns ask marketing for."""

from marketing.selectors.texts import Text, text_for, texts_for

__all__ = ["Text", "text_for", "texts_for"]
