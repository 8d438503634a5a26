"""A sheet of 640 by 800 with soft light from the left, on which things stand or lie."""

from collections.abc import Sequence
from random import Random

from ecommerce_ai.demo.pictures.colours import darker, lighter, luminance, mix
from ecommerce_ai.demo.pictures.textures import TEXTURES

WIDTH, HEIGHT = 640, 800
TILT = 0.17  # how much of a circle's width its height keeps, seen from slightly above
PALE = ["#f3eee6", "#eceee9", "#f2eae6", "#e8ecee", "#f0ede4"]
DEEP = ["#d5dad2", "#dccfc2", "#ced7da", "#d9d0d0", "#d3d1c4"]

Point = tuple[float, float]


class Canvas:
    """Collects shapes and the gradients and patterns they use. `colour` is that of the product.

    A canvas with a `layer` has no background and names of its own, so that it can be laid into a scene.
    """

    def __init__(self, colour: str, seed: str, layer: str = "") -> None:
        self.colour = colour
        self.layer = layer
        self.rng = Random(seed)  # a string seeds alike on every machine
        self.definitions: dict[str, str] = {}
        self.parts: list[str] = []
        self.backdrop = self.rng.choice(DEEP if luminance(colour) > 0.72 else PALE)

    def add(self, svg: str) -> None:
        self.parts.append(svg)

    def define(self, key: str, svg: str) -> str:
        """`svg` with `%s` for its id; the same key is defined once. Returns how to refer to it."""
        if key not in self.definitions:
            self.definitions[key] = svg.replace("%s", f"{self.layer}d{len(self.definitions)}")
        return f"url(#{self.layer}d{list(self.definitions).index(key)})"

    # --- fills -------------------------------------------------------------------------------------------
    def round(self, colour: str | None = None) -> str:
        """Of something turned on a wheel: light on the left shoulder, dark to the right."""
        base = colour or self.colour
        stops = [(0, darker(base, 0.12)), (0.24, lighter(base, 0.3)), (0.58, base), (1, darker(base, 0.34))]
        return self.gradient("round", base, 'x2="1" y2="0"', stops)

    def soft(self, colour: str | None = None) -> str:
        """Of cloth or a flat face."""
        base = colour or self.colour
        stops = [(0, lighter(base, 0.16)), (0.55, base), (1, darker(base, 0.17))]
        return self.gradient("soft", base, 'x2=".8" y2="1"', stops)

    def metal(self, colour: str | None = None) -> str:
        base = colour or self.colour
        stops = [
            (0, darker(base, 0.22)), (0.2, lighter(base, 0.6)), (0.38, base), (0.7, darker(base, 0.3)),
            (0.88, lighter(base, 0.25)), (1, darker(base, 0.3)),
        ]  # fmt: skip
        return self.gradient("metal", base, 'x2="1" y2="0"', stops)

    def gradient(self, kind: str, base: str, direction: str, stops: Sequence[tuple[float, str]]) -> str:
        marks = "".join(f'<stop offset="{at}" stop-color="{colour}"/>' for at, colour in stops)
        return self.define(
            f"{kind}{base}", f'<linearGradient id="%s" x1="0" y1="0" {direction}>{marks}</linearGradient>'
        )

    def texture(self, name: str, colour: str | None = None, turn: int = 0) -> str:
        base = colour or self.colour
        width, height, svg = TEXTURES[name](base, self.rng)
        turned = f' patternTransform="rotate({turn})"' if turn else ""
        return self.define(
            f"{name}{base}{turn}",
            f'<pattern id="%s" width="{width}" height="{height}" patternUnits="userSpaceOnUse"{turned}>'
            f"{svg}</pattern>",
        )

    # --- shapes ------------------------------------------------------------------------------------------
    def path(self, d: str, fill: str, texture: str | None = None, more: str = "") -> None:
        """A filled outline, and the same again with its texture."""
        self.add(f'<path d="{d}" fill="{fill}"{" " if more else ""}{more}/>')
        if texture:
            self.add(f'<path d="{d}" fill="{texture}"/>')

    def line(self, d: str, colour: str, width: float, opacity: float = 1) -> None:
        shown = f' stroke-opacity="{opacity}"' if opacity < 1 else ""
        self.add(
            f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}"{shown} '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def cord(self, d: str, colour: str, width: float) -> None:
        """A handle, a strap: a thick line with light along it."""
        self.line(d, darker(colour, 0.28), width)
        self.line(d, colour, width * 0.72)
        self.line(d, lighter(colour, 0.45), width * 0.2, 0.6)

    def ellipse(self, centre: Point, rx: float, ry: float, fill: str, opacity: float = 1) -> None:
        shown = f' fill-opacity="{opacity}"' if opacity < 1 else ""
        self.add(
            f'<ellipse cx="{n(centre[0])}" cy="{n(centre[1])}" rx="{n(rx)}" ry="{n(ry)}" fill="{fill}"{shown}/>'
        )

    def box(self, x: float, y: float, width: float, height: float, radius: float = 0) -> str:
        """The outline of a rectangle with rounded corners."""
        r, w, h = radius, width - 2 * radius, height - 2 * radius
        corner = f"a{n(r)} {n(r)} 0 0 1 "
        return (
            f"M{n(x + r)} {n(y)}h{n(w)}{corner}{n(r)} {n(r)}v{n(h)}{corner}{n(-r)} {n(r)}"
            f"h{n(-w)}{corner}{n(-r)} {n(-r)}v{n(-h)}{corner}{n(r)} {n(-r)}z"
        )

    def shadow(self, x: float, y: float, rx: float, ry: float = 22, strength: float = 0.5) -> None:
        tone = darker(self.backdrop, 0.75)
        fill = self.define(
            "shadow",
            f'<radialGradient id="%s"><stop offset="0" stop-color="{tone}"/>'
            f'<stop offset=".55" stop-color="{tone}" stop-opacity=".45"/>'
            f'<stop offset="1" stop-color="{tone}" stop-opacity="0"/></radialGradient>',
        )
        self.ellipse((x, y), rx, ry, fill, strength)

    def lathe(
        self,
        x: float,
        profile: Sequence[Point],
        fill: str,
        texture: str | None = None,
        *,
        straight: bool = False,
    ) -> None:
        """A body of revolution. `profile` holds (y, radius) from the top down."""
        left = [(x - radius, y) for y, radius in profile]
        right = [(x + radius, y) for y, radius in reversed(profile)]
        through = polyline if straight else smooth
        top, bottom = profile[0][1], profile[-1][1]
        d = (
            f"M{n(left[0][0])} {n(left[0][1])}{through(left)}"
            f"A{n(bottom)} {n(bottom * TILT)} 0 0 0 {n(right[0][0])} {n(right[0][1])}{through(right)}"
            f"A{n(top)} {n(top * TILT)} 0 0 0 {n(left[0][0])} {n(left[0][1])}z"
        )
        self.path(d, fill, texture)

    def mouth(self, x: float, y: float, radius: float, colour: str, filled_with: str = "") -> None:
        """The opening of a vessel, with its lip and, if it holds something, the surface of that."""
        self.ellipse((x, y), radius, radius * TILT, lighter(colour, 0.35))
        self.ellipse((x, y + 1), radius - 5, radius * TILT - 3, darker(colour, 0.35))
        if filled_with:
            self.ellipse((x, y + 5), radius - 9, radius * TILT - 7, filled_with)

    # --- the sheet ---------------------------------------------------------------------------------------
    def standing(self, zoom: float = 1) -> None:
        """A wall and a table top, with the light of a window on the wall; things stand at y = 640."""
        if not self.layer:
            self.wall()
            self.table_top()
        self.enlarge(zoom, 644)

    def table_top(self) -> None:
        top = mix(self.backdrop, "#8a7560", 0.13)
        self.add(f'<rect y="596" width="640" height="204" fill="{top}"/>')
        fade = self.gradient("table", top, 'x2="0" y2="1"', [(0, darker(top, 0.09)), (0.3, top), (1, top)])
        self.add(f'<rect y="596" width="640" height="204" fill="{fade}"/>')

    def lying(self, zoom: float = 1) -> None:
        """One even surface, seen from above; things lie around the middle."""
        if not self.layer:
            self.wall()
        self.enlarge(zoom, 400)

    def enlarge(self, zoom: float, y: int) -> None:
        """Everything drawn from here on is larger, and stays at its height `y`."""
        self.add(f'<g transform="translate({n(320 - 320 * zoom)} {n(y - y * zoom)}) scale({zoom})">')

    def wall(self) -> None:
        glow = self.define(
            "wall",
            f'<radialGradient id="%s" cx=".32" cy=".25" r="1"><stop offset="0" stop-color="{lighter(self.backdrop, 0.5)}"/>'
            f'<stop offset="1" stop-color="{darker(self.backdrop, 0.07)}"/></radialGradient>',
        )
        self.add(f'<rect width="640" height="800" fill="{glow}"/>')
        x = self.rng.randint(-40, 120)
        self.add(f'<path d="M{x} 0h190l240 596h-190z" fill="#fff" fill-opacity=".2"/>')

    def svg(self, width: int = WIDTH, height: int = HEIGHT) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
            f"<defs>{''.join(self.definitions.values())}</defs>{''.join(self.parts)}</g></svg>\n"
        )


def n(value: float) -> str:
    """A number as short as one decimal allows."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def polyline(points: Sequence[Point]) -> str:
    return "".join(f"L{n(x)} {n(y)}" for x, y in points[1:])


def smooth(points: Sequence[Point]) -> str:
    """Curves through all points (Catmull-Rom, as Bézier segments)."""
    padded = [points[0], *points, points[-1]]
    segments = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        segments.append("C" + " ".join(f"{n(x)} {n(y)}" for x, y in (first, second, end)))
    return "".join(segments)
