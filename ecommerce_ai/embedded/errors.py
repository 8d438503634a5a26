"""What may go wrong with the embedded servers, in words for the person at the terminal."""


class EmbeddedError(Exception):
    """A server cannot run, or a home is in use; the message says what to do."""
