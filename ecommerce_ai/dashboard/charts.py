"""Pictures of numbers as plain values for inline SVG: no script, no style, a table of the same behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 600, 140, 8


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    label: str
    value: float


@dataclass(frozen=True)
class LineChart:
    """`path` over a box of WIDTH × HEIGHT from zero to the largest value; `points` hold the same numbers."""

    points: list[Point]
    path: str
    area: str

    @property
    def has_line(self) -> bool:
        return len(self.points) > 1

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]


@dataclass(frozen=True)
class Bar:
    """`percent` of the widest bar of the chart, beside the same for whom it is compared with."""

    label: str
    value: float
    compared: float
    percent: float
    compared_percent: float


def line_chart(values: Sequence[tuple[str, float]]) -> LineChart:
    """`[(label, value)]`, oldest first."""
    top = max((value for _, value in values), default=0) or 1
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    points = [
        Point(round(EDGE + index * step, 1), round(y_of(value, top), 1), label, value)
        for index, (label, value) in enumerate(values)
    ]
    path = " ".join(f"{'L' if index else 'M'}{point.x} {point.y}" for index, point in enumerate(points))
    area = f"{path} L{points[-1].x} {HEIGHT} L{points[0].x} {HEIGHT} Z" if points else ""
    return LineChart(points, path, area)


def y_of(value: float, top: float) -> float:
    return HEIGHT - (HEIGHT - 2 * EDGE) * value / top


def bars(values: Sequence[tuple[str, float, float]]) -> list[Bar]:
    """`[(label, value, compared)]` in their order."""
    top = max((max(value, compared) for _, value, compared in values), default=0) or 1
    return [
        Bar(label, value, compared, round(100 * value / top, 1), round(100 * compared / top, 1))
        for label, value, compared in values
    ]
