from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase


def session_store(session_key: str) -> SessionBase:
    """A browser's session by its key, wherever the settings keep sessions."""
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return session
