"""Mixing of hexadecimal colours."""


def mix(colour: str, other: str, share: float) -> str:
    """`share` of the other colour in the first: 0 is the first, 1 the other."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lighter(colour: str, share: float) -> str:
    return mix(colour, "#ffffff", share)


def darker(colour: str, share: float) -> str:
    """Towards a warm near-black: shadows on paper are never grey."""
    return mix(colour, "#241c18", share)


def luminance(colour: str) -> float:
    """0 for black, 1 for white."""
    red, green, blue = channels(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
