"""Writes of marketing: texts on their way to be approved, and campaigns on their way to people."""
