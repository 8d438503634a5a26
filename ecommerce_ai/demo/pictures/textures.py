"""Surfaces as small SVG patterns: what a knit, a weave or a glaze looks like from two steps away."""

from collections.abc import Callable
from random import Random

from ecommerce_ai.demo.pictures.colours import darker, lighter, luminance


def lines(d: str, stroke: str, width: float, opacity: float) -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width}" '
        f'stroke-opacity="{opacity}" stroke-linecap="round"/>'
    )


def speckle(colour: str, rng: Random) -> tuple[int, int, str]:
    spot = darker(colour, 0.55) if luminance(colour) > 0.3 else lighter(colour, 0.4)
    dots = "".join(
        f'<circle cx="{rng.randint(3, 67)}" cy="{rng.randint(3, 67)}" r="{rng.choice((0.9, 1.2, 1.8))}"/>'
        for _ in range(11)
    )
    return 70, 70, f'<g fill="{spot}" fill-opacity=".5">{dots}</g>'


def weave(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        8,
        8,
        lines("M0 2H8M0 6H8", darker(colour, 0.4), 0.9, 0.22)
        + lines("M2 0V8M6 0V8", lighter(colour, 0.6), 0.9, 0.3),
    )


def knit(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        14,
        12,
        lines("M1 1L7 9L13 1", darker(colour, 0.45), 2.2, 0.32)
        + lines("M1 -2L7 6L13 -2M1 10L7 18L13 10", lighter(colour, 0.5), 1.6, 0.28),
    )


def chunky(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        44,
        36,
        lines("M4 2L22 28L40 2", darker(colour, 0.5), 5, 0.3)
        + lines("M4 -6L22 20L40 -6M4 30L22 56L40 30", lighter(colour, 0.5), 5, 0.3),
    )


def rib(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        16,
        16,
        lines("M4 0V16", darker(colour, 0.5), 3.5, 0.25) + lines("M11 0V16", lighter(colour, 0.6), 3.5, 0.25),
    )


def flutes(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        26,
        26,
        lines("M3 0V26", darker(colour, 0.5), 3, 0.3) + lines("M14 0V26", lighter(colour, 0.7), 7, 0.22),
    )


def cable(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        56,
        48,
        (
            lines("M12 0C12 18 40 30 40 48M40 0C40 18 12 30 12 48", darker(colour, 0.5), 6, 0.26)
            + lines("M9 0C9 18 37 30 37 48M37 0C37 10 30 16 27 20", lighter(colour, 0.5), 4, 0.3)
            + lines("M52 0V48", darker(colour, 0.5), 3, 0.22)
        ),
    )


def waffle(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        20,
        20,
        (
            f'<rect x="4" y="4" width="14" height="14" rx="3" fill="{darker(colour, 0.4)}" fill-opacity=".2"/>'
            + lines("M0 1H20M1 0V20", lighter(colour, 0.6), 2.2, 0.5)
        ),
    )


def terry(colour: str, rng: Random) -> tuple[int, int, str]:
    loops = "".join(
        f"M{x} {y}q3 -4 5 0"
        for x, y in [(1, 5), (10, 3), (19, 6), (5, 12), (14, 12), (1, 19), (10, 20), (19, 18)]
    )
    return 26, 24, lines(loops, darker(colour, 0.45), 1.4, 0.28)


def boucle(colour: str, rng: Random) -> tuple[int, int, str]:
    rings = "".join(
        f'<circle cx="{rng.randint(2, 46)}" cy="{rng.randint(2, 46)}" r="{rng.randint(4, 7)}"/>'
        for _ in range(16)
    )
    return (
        48,
        48,
        (
            f'<g fill="{lighter(colour, 0.4)}" fill-opacity=".35" stroke="{darker(colour, 0.4)}" '
            f'stroke-opacity=".22">{rings}</g>'
        ),
    )


def herringbone(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        32,
        16,
        lines("M0 0L16 16M0 -8L16 8M0 8L16 24", darker(colour, 0.5), 2.6, 0.34)
        + lines("M32 0L16 16M32 -8L16 8M32 8L16 24", lighter(colour, 0.6), 2.6, 0.4),
    )


def stripes(colour: str, rng: Random) -> tuple[int, int, str]:
    gap = rng.choice((46, 60, 74))
    other = lighter(colour, 0.72) if luminance(colour) < 0.7 else darker(colour, 0.45)
    return (
        60,
        gap,
        (
            f'<rect y="{gap // 3}" width="60" height="{gap // 4}" fill="{other}" fill-opacity=".8"/>'
            f'<rect y="{gap * 3 // 4}" width="60" height="3" fill="{other}" fill-opacity=".6"/>'
        ),
    )


def check(colour: str, rng: Random) -> tuple[int, int, str]:
    size = rng.choice((96, 112, 130))
    dark, light = darker(colour, 0.45), lighter(colour, 0.65)
    wide, thin = size // 3, size * 3 // 4
    return (
        size,
        size,
        (
            f'<g fill="{dark}" fill-opacity=".35"><rect width="{wide}" height="{size}"/>'
            f'<rect width="{size}" height="{wide}"/></g>'
            f'<g fill="{light}" fill-opacity=".65"><rect x="{thin}" width="5" height="{size}"/>'
            f'<rect y="{thin}" width="{size}" height="5"/></g>'
        ),
    )


def dots(colour: str, rng: Random) -> tuple[int, int, str]:
    spot = lighter(colour, 0.75) if luminance(colour) < 0.72 else darker(colour, 0.5)
    return (
        34,
        34,
        f'<g fill="{spot}" fill-opacity=".9"><circle cx="9" cy="9" r="4.5"/><circle cx="26" cy="26" r="4.5"/></g>',
    )


def leaves(colour: str, rng: Random) -> tuple[int, int, str]:
    spot = lighter(colour, 0.7) if luminance(colour) < 0.68 else darker(colour, 0.5)
    leaf = "M0 0C-14 -10 -14 -30 0 -40C14 -30 14 -10 0 0M0 0V12"
    turns = [(24, 52, 0), (70, 96, rng.choice((180, 200))), (70, 30, -35), (22, 110, 35)]
    marks = "".join(f'<path d="{leaf}" transform="translate({x} {y}) rotate({a})"/>' for x, y, a in turns)
    return 92, 122, f'<g fill="{spot}" fill-opacity=".75" stroke="{spot}" stroke-width="2">{marks}</g>'


def diamonds(colour: str, rng: Random) -> tuple[int, int, str]:
    other = darker(colour, 0.35)
    return (
        84,
        84,
        lines("M42 4L80 42L42 80L4 42Z", lighter(colour, 0.5), 9, 0.75)
        + lines("M42 28L56 42L42 56L28 42Z", other, 6, 0.4),
    )


def basket(colour: str, rng: Random) -> tuple[int, int, str]:
    dark, light = darker(colour, 0.5), lighter(colour, 0.4)
    return (
        36,
        24,
        (
            f'<g fill="{light}" fill-opacity=".5" stroke="{dark}" stroke-opacity=".4" stroke-width="1.2">'
            '<rect x="1" y="1" width="22" height="10" rx="5"/><rect x="-17" y="13" width="22" height="10" rx="5"/>'
            '<rect x="19" y="13" width="22" height="10" rx="5"/></g>'
        ),
    )


def grain(colour: str, rng: Random) -> tuple[int, int, str]:
    wave = rng.randint(4, 10)
    d = "".join(f"M0 {y}C80 {y - wave} 130 {y + wave} 200 {y}" for y in (8, 19, 27, 41, 52, 66, 73))
    return 200, 80, lines(d, darker(colour, 0.5), 1.4, 0.26)


def veins(colour: str, rng: Random) -> tuple[int, int, str]:
    tone = darker(colour, 0.4) if luminance(colour) > 0.35 else lighter(colour, 0.5)
    d = "".join(
        f"M{rng.randint(0, 60)} 0C{rng.randint(40, 200)} {rng.randint(20, 80)} "
        f"{rng.randint(0, 160)} {rng.randint(90, 160)} {rng.randint(60, 240)} 240"
        for _ in range(4)
    )
    return 240, 240, lines(d, tone, 2, 0.35)


def marbled(colour: str, rng: Random) -> tuple[int, int, str]:
    d = "".join(f"M0 {y}c30 -34 50 30 80 0s50 30 80 0" for y in (10, 44, 78, 112, 146))
    return 160, 160, lines(d, lighter(colour, 0.7), 9, 0.55) + lines(d, darker(colour, 0.4), 2.5, 0.4)


def tweed(colour: str, rng: Random) -> tuple[int, int, str]:
    flecks = "".join(f"M{rng.randint(0, 38)} {rng.randint(0, 38)}l3 1" for _ in range(26))
    return 40, 40, lines(flecks, darker(colour, 0.5), 1.5, 0.3)


def waves(colour: str, rng: Random) -> tuple[int, int, str]:
    return (
        48,
        26,
        lines("M0 13C12 0 36 26 48 13", darker(colour, 0.45), 2, 0.28)
        + lines("M0 17C12 4 36 30 48 17", lighter(colour, 0.7), 2, 0.4),
    )


Texture = Callable[[str, Random], tuple[int, int, str]]
TEXTURES: dict[str, Texture] = {
    texture.__name__: texture
    for texture in (
        speckle, weave, knit, chunky, rib, flutes, cable, waffle, terry, boucle, herringbone, stripes, check, dots,
        leaves, diamonds, basket, grain, veins, marbled, tweed, waves,
    )
}  # fmt: skip
