"""Text in, understanding and verified answers out. Arrays and frozen dataclasses; no Django, no Celery."""
