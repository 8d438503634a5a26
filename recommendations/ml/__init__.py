"""Pure numpy. No Django, no Celery: arrays and frozen dataclasses in, the same out."""
