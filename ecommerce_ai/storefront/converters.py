"""Parts of addresses."""


class ShelfPath:
    """The slugs of a shelf from the root down: "kitchen/mugs"."""

    regex = r"[-\w]+(?:/[-\w]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
