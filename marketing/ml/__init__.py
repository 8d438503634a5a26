"""What decides by arithmetic: arrays and frozen dataclasses in, the same out."""
