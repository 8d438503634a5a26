"""Things for children."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import TILT, Canvas, n
from ecommerce_ai.demo.pictures.colours import darker, lighter, luminance, mix

Draw = Callable[[Canvas], None]
PAPER, LEATHER, BRASS = "#f5efe3", "#8a5a38", "#c9a552"


def sitting_toy(canvas: Canvas, ears: str, inner: str, texture: str = "terry", *, tail: bool = False) -> None:
    """A soft animal on its bottom; the ears make the kind."""
    canvas.standing(1.08)
    fur, tex, muzzle = canvas.soft(), canvas.texture(texture), lighter(canvas.colour, 0.55)
    canvas.shadow(340, 654, 200, 30)
    if tail:
        canvas.path("M400 600C520 600 560 480 500 410C500 500 440 540 390 560z", fur, tex)
        canvas.path("M500 410C536 450 536 490 516 520C500 480 500 450 500 410z", "#f5efe3")
    canvas.path(ears, fur, tex)
    canvas.path(inner, muzzle)
    canvas.ellipse((320, 556), 104, 106, fur)
    canvas.ellipse((320, 556), 104, 106, tex)
    canvas.ellipse((320, 570), 62, 66, muzzle, 0.6)
    for side in (-1, 1):
        canvas.add(f'<g transform="translate({320 + side * 96} 530) rotate({side * -28})">')
        canvas.ellipse((0, 0), 34, 72, fur)
        canvas.add("</g>")
        canvas.ellipse((320 + side * 76, 634), 52, 42, fur)
        canvas.ellipse((320 + side * 76, 638), 29, 24, muzzle, 0.8)
    canvas.ellipse((320, 386), 112, 100, fur)
    canvas.ellipse((320, 386), 112, 100, tex)
    canvas.ellipse((320, 420), 52, 40, muzzle)
    for x in (278, 362):
        canvas.ellipse((x, 374), 9, 10, "#2a2420")
    canvas.path("M304 402Q320 394 336 402Q332 420 320 424Q308 420 304 402z", "#4a362c")
    canvas.line("M320 424V438M300 444Q320 456 340 444", "#4a362c", 4)


BEAR_EARS = "M226 260a48 48 0 1 1 -10 80zM414 260a48 48 0 1 0 10 80z"
BEAR_INNER = "M214 286a22 22 0 1 1 -4 40zM426 286a22 22 0 1 0 4 40z"
HARE_EARS = "M270 310C230 230 220 110 256 70C304 110 316 220 312 300zM370 310C410 230 436 120 400 76C350 110 330 220 332 300z"
HARE_INNER = "M276 290C254 230 246 150 260 108C286 150 296 220 296 286zM364 290C386 230 404 150 392 112C362 150 350 220 348 286z"
FOX_EARS = "M216 350L206 220L300 296zM424 350L434 220L340 296z"
FOX_INNER = "M226 320L222 256L270 294zM414 320L418 256L370 294z"


def whale(canvas: Canvas) -> None:
    canvas.standing(0.94)
    canvas.shadow(330, 650, 260, 28)
    canvas.path(
        "M470 500C520 470 520 420 490 370C540 380 560 400 570 424C590 390 610 380 640 380C620 440 600 520 520 570z",
        canvas.soft(darker(canvas.colour, 0.08)),
        canvas.texture("knit"),
    )
    d = "M70 540C60 430 160 380 280 390C400 400 450 480 540 500C540 600 420 650 280 648C160 650 80 620 70 540z"
    canvas.path(d, canvas.soft(), canvas.texture("knit"))
    canvas.path(
        "M80 580C160 560 300 600 440 600C400 640 340 650 280 648C170 650 100 626 80 580z",
        "#f1eadd",
        canvas.texture("rib", "#f1eadd"),
    )
    canvas.path(
        canvas.box(300, 430, 76, 70, 8),
        canvas.soft(mix(canvas.colour, "#d8b46a", 0.75)),
        canvas.texture("dots", "#b98a4a"),
    )
    canvas.ellipse((160, 520), 10, 11, "#23262b")
    canvas.line("M92 560q30 16 56 2", "#23262b", 4)
    canvas.path(
        "M230 590C240 650 300 680 330 660C310 640 300 610 296 590z", canvas.soft(darker(canvas.colour, 0.14))
    )


def rainbow(canvas: Canvas) -> None:
    canvas.standing(1.08)
    canvas.shadow(340, 650, 290, 26)
    tones = [canvas.colour, "#d9a25c", "#e4cf9a", "#a3b19a", "#6f949c", "#5a6a86", "#a98198"]
    for index, tone in enumerate(tones):
        outer = 268 - index * 34
        inner = outer - 29
        canvas.path(
            f"M{320 - outer} 644A{outer} {outer} 0 0 1 {320 + outer} 644H{320 + inner}A{inner} {inner} 0 0 0 {320 - inner} 644z",
            canvas.soft(tone),
            canvas.texture("grain", "#a98a66") if index % 2 else None,
        )


def blocks(canvas: Canvas) -> None:
    canvas.standing(1.1)
    tones = [canvas.colour, "#dfc196", "#b96f50", "#a3b19a", "#55828c", "#cf9c3c"]
    places = [(150, 520), (280, 520), (410, 520), (210, 396), (342, 396), (276, 272)]
    canvas.shadow(350, 650, 280, 28)
    for index, (x, y) in enumerate(places):
        tone = tones[index]
        canvas.path(f"M{x} {y}l24 -22h124l-24 22z", lighter(tone, 0.3))
        canvas.path(f"M{x + 124} {y}l24 -22v124l-24 22z", darker(tone, 0.25))
        canvas.path(canvas.box(x, y, 124, 124, 8), canvas.soft(tone), canvas.texture("grain", "#b08d64"))
        ink = "#fbf6ea" if luminance(tone) < 0.62 else "#5a4434"
        canvas.line(LETTERS[index].format(x=x + 62, y=y + 62), ink, 10)


LETTERS = [
    "M{x} {y}m-24 30l24 -62l24 62m-38 -22h28",
    "M{x} {y}m-18 -30v60m0 -60h18a15 15 0 0 1 0 30h-18m18 0h4a15 15 0 0 1 0 30h-22",
    "M{x} {y}m24 -20c-20 -24 -52 -8 -50 22c2 30 34 38 50 14",
    "M{x} {y}m-20 -30v60h12c44 0 44 -60 0 -60z",
    "M{x} {y}m22 -30h-42v60h42m-42 -30h34",
    "M{x} {y}m22 -30h-42v60m0 -30h34",
]


def train(canvas: Canvas) -> None:
    canvas.standing(1.02)
    canvas.shadow(330, 664, 310, 20)
    tones = [canvas.colour, "#d9b26a", "#a3b19a"]
    for index, x in enumerate((54, 232, 404)):
        tone = tones[index]
        canvas.path(canvas.box(x, 560, 160, 70, 10), canvas.soft(tone), canvas.texture("grain", "#8d6f4c"))
        if index == 0:
            canvas.path(canvas.box(x + 90, 470, 70, 100, 8), canvas.soft(darker(tone, 0.14)))
            canvas.path(canvas.box(x + 104, 488, 42, 38, 5), "#efe6d4")
            canvas.path(canvas.box(x + 22, 506, 30, 60, 4), canvas.soft("#5a4434"))
            canvas.path(canvas.box(x + 82, 456, 86, 18, 8), canvas.soft("#5a4434"))
        else:
            for peg in (x + 46, x + 112):
                canvas.path(
                    f"M{peg - 24} 562C{peg - 26} 520 {peg + 26} 520 {peg + 24} 562z",
                    canvas.soft(tones[(index + 1) % 3]),
                )
                canvas.ellipse((peg, 512), 22, 22, canvas.soft("#e6cba2"))
        for wheel in (x + 36, x + 124):
            canvas.ellipse((wheel, 634), 31, 31, canvas.soft("#c69f6d"))
            canvas.ellipse((wheel, 634), 9, 9, "#6a4a33")
    canvas.line("M214 600h20M392 600h14", "#5a4434", 8)


def peg_dolls(canvas: Canvas) -> None:
    canvas.standing(1.1)
    tones = [canvas.colour, "#55828c", "#b96f50", "#a3b19a", "#e6c3b8"]
    for x, height, tone in zip((110, 222, 330, 436, 530), (250, 230, 180, 150, 120), tones, strict=True):
        base, radius = 640, height * 0.22
        canvas.shadow(x + 16, base + 4, radius * 1.5, 16)
        canvas.lathe(
            x,
            [(base - height * 0.62, radius * 0.62), (base - height * 0.4, radius), (base, radius * 1.05)],
            canvas.round(tone),
        )
        canvas.ellipse((x, base - height * 0.8), radius * 0.86, radius * 0.9, canvas.round("#e6cba2"))
        canvas.line(
            f"M{x - radius * 0.8:.0f} {n(base - height * 0.3)}q{n(radius * 0.8)} 12 {n(radius * 1.6)} 0",
            lighter(tone, 0.6),
            5,
            0.7,
        )


def tops(canvas: Canvas) -> None:
    canvas.standing(1.3)
    for x, y, tone, lean in (
        (190, 560, canvas.colour, -12),
        (340, 620, "#d9b26a", 8),
        (470, 550, "#55828c", 16),
        (250, 660, "#b96f50", -6),
    ):
        canvas.shadow(x + 8, y + 4, 70, 14, 0.4)
        canvas.add(f'<g transform="rotate({lean} {x} {y})">')
        canvas.lathe(x, [(y - 60, 66), (y - 40, 62), (y, 5)], canvas.round(tone))
        canvas.ellipse((x, y - 60), 66, 66 * TILT, lighter(tone, 0.3))
        canvas.ellipse((x, y - 60), 40, 40 * TILT, "#efe4d0", 0.8)
        canvas.line(f"M{x} {y - 62}v-52", "#c69f6d", 15)
        canvas.add("</g>")


def mobile(canvas: Canvas) -> None:
    canvas.lying(1.05)
    canvas.line("M320 0V150M150 190Q320 120 490 190", "#c69f6d", 7)
    cloud = "M-62 24C-92 24 -92 -18 -58 -18C-52 -52 -6 -56 6 -28C36 -44 66 -18 54 4C70 10 62 26 46 24z"
    for x, top, length in (
        (150, 190, 240),
        (236, 166, 120),
        (320, 154, 330),
        (404, 166, 180),
        (490, 190, 280),
    ):
        canvas.line(f"M{x} {top}v{length}", "#b9ad9c", 2.5)
        canvas.shadow(x + 10, top + length + 40, 64, 26, 0.25)
        canvas.add(
            f'<path d="{cloud}" fill="{canvas.soft()}" transform="translate({x} {top + length + 24})"/>'
        )
        canvas.add(
            f'<path d="M-40 6q20 12 44 4" stroke="{darker(canvas.colour, 0.3)}" stroke-opacity=".5" stroke-width="3" fill="none" stroke-dasharray="6 5" transform="translate({x} {top + length + 24})"/>'
        )
    canvas.path("M300 560a46 46 0 1 0 46 60a38 38 0 1 1 -46 -60z", canvas.soft("#d9b26a"))


def stacking_cups(canvas: Canvas) -> None:
    canvas.standing(1.1)
    tones = [canvas.colour, "#e4cf9a", "#a3b19a", "#d98b78", "#6f949c", "#c9a3b0", "#d9b26a"]
    canvas.shadow(346, 652, 170, 26)
    y = 644.0
    for index in range(7):
        radius = 108 - index * 12
        height = 86 - index * 6
        tone = tones[index]
        canvas.lathe(320, [(y - height, radius * 0.86), (y, radius)], canvas.round(tone))
        canvas.ellipse((320, y - height), radius * 0.86, radius * 0.14, lighter(tone, 0.25))
        canvas.line(
            f"M{n(320 - radius)} {n(y - 8)}Q320 {n(y + 12)} {n(320 + radius)} {n(y - 8)}",
            lighter(tone, 0.4),
            5,
            0.6,
        )
        y -= height


def height_chart(canvas: Canvas) -> None:
    canvas.lying()
    canvas.line("M320 30L250 90M320 30L390 90", "#b59b74", 4)
    canvas.shadow(340, 430, 120, 370, 0.34)
    canvas.path("M230 90H410V740H230z", canvas.soft("#efe6d5"), canvas.texture("weave", "#efe6d5"))
    canvas.path(canvas.box(214, 78, 212, 24, 10), canvas.soft("#c69f6d"))
    canvas.path(canvas.box(214, 730, 212, 24, 10), canvas.soft("#c69f6d"))
    marks = "".join(f"M230 {y}h{46 if index % 5 == 0 else 24}" for index, y in enumerate(range(130, 720, 24)))
    canvas.line(marks, canvas.colour, 4)
    for y in (250, 400, 540, 660):
        canvas.add(
            f'<path d="M0 60V0M0 30C-30 26 -36 4 -34 -8C-10 -6 0 10 0 30M0 18C28 14 36 -10 34 -22C10 -18 0 0 0 18" fill="{canvas.soft()}" stroke="{canvas.colour}" stroke-width="4" transform="translate(350 {y})"/>'
        )


TOYS: dict[str, Draw] = {
    "bear": partial(sitting_toy, ears=BEAR_EARS, inner=BEAR_INNER),
    "hare": partial(sitting_toy, ears=HARE_EARS, inner=HARE_INNER, texture="weave"),
    "fox": partial(sitting_toy, ears=FOX_EARS, inner=FOX_INNER, texture="knit", tail=True),
    "whale": whale,
    "rainbow": rainbow,
    "blocks": blocks,
    "train": train,
    "pegdolls": peg_dolls,
    "tops": tops,
    "mobile": mobile,
    "stackcups": stacking_cups,
    "heightchart": height_chart,
}
