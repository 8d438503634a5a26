"""Cloth for the house: cushions, throws, towels, bed linen, rugs."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import TILT, Canvas, n
from ecommerce_ai.demo.pictures.colours import darker, lighter

Draw = Callable[[Canvas], None]
CUSHION = (
    "M132 230C190 214 250 226 320 226S450 214 508 230C526 290 514 350 514 410S526 530 508 590"
    "C450 606 390 594 320 594S190 606 132 590C114 530 126 470 126 410S114 290 132 230z"
)


def cushion(canvas: Canvas, texture: str, turn: int = 0) -> None:
    canvas.standing(1.06)
    canvas.shadow(344, 650, 250, 36)
    angle = canvas.rng.choice((-4, -2, 3))
    canvas.add(f'<g transform="translate(0 44) rotate({angle} 320 410)">')
    canvas.path(CUSHION, canvas.soft(), canvas.texture(texture, turn=turn))
    shade(canvas, CUSHION)
    canvas.line(
        "M150 246C210 300 230 330 236 372M490 246C440 290 420 320 408 356M150 574C200 540 220 510 230 480",
        darker(canvas.colour, 0.4),
        3,
        0.16,
    )
    canvas.add("</g>")


def shade(canvas: Canvas, d: str) -> None:
    """Rounds a soft thing: light above, dark below and to the right."""
    tone = darker(canvas.colour, 0.7)
    fill = canvas.define(
        f"shade{tone}",
        '<radialGradient id="%s" cx=".4" cy=".34" r=".75"><stop offset="0" stop-color="#fff" stop-opacity=".22"/>'
        f'<stop offset=".55" stop-color="{tone}" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="{tone}" stop-opacity=".38"/></radialGradient>',
    )
    canvas.path(d, fill)


def bolster(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.shadow(340, 636, 270, 30)
    d = "M140 430H500C548 430 548 636 500 636H140C92 636 92 430 140 430z"
    canvas.path(
        d,
        canvas.gradient(
            "roll",
            canvas.colour,
            'x2="0" y2="1"',
            [
                (0, darker(canvas.colour, 0.08)),
                (0.25, lighter(canvas.colour, 0.3)),
                (0.6, canvas.colour),
                (1, darker(canvas.colour, 0.42)),
            ],
        ),
    )
    canvas.ellipse((136, 533), 38, 103, canvas.soft(lighter(canvas.colour, 0.06)))
    canvas.ellipse((136, 533), 9, 14, darker(canvas.colour, 0.4))
    for turn in range(0, 360, 30):
        canvas.add(
            f'<path d="M0 -14V-96" stroke="{darker(canvas.colour, 0.4)}" stroke-opacity=".3" stroke-width="4" transform="translate(136 533) scale(.37 1) rotate({turn})"/>'
        )


def bench_cushion(canvas: Canvas) -> None:
    canvas.standing()
    canvas.shadow(330, 650, 290, 26)
    d = "M70 560C120 546 520 546 570 560C590 580 590 620 570 636C500 648 140 648 70 636C50 620 50 580 70 560z"
    canvas.path(
        "M100 546L130 500H510L540 546z",
        canvas.soft(lighter(canvas.colour, 0.12)),
        canvas.texture("stripes", turn=90),
    )
    canvas.path(d, canvas.soft(), canvas.texture("stripes", turn=90))
    shade(canvas, d)
    canvas.line("M84 634q-24 30 -6 70M560 634q22 26 4 66", canvas.colour, 6)


def floor_cushion(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.shadow(344, 652, 270, 34)
    canvas.lathe(
        320,
        [(500, 190), (530, 222), (580, 230), (630, 214), (646, 186)],
        canvas.round(),
        canvas.texture("weave"),
    )
    canvas.ellipse((320, 508), 208, 208 * TILT * 1.5, canvas.soft(lighter(canvas.colour, 0.16)))
    for x in range(-180, 181, 40):
        canvas.line(
            f"M320 508L{320 + x} {n(508 + 52 * (1 - (x / 208) ** 2) ** 0.5)}",
            darker(canvas.colour, 0.4),
            2.5,
            0.25,
        )
    canvas.ellipse((320, 508), 14, 8, darker(canvas.colour, 0.3))


def folded(canvas: Canvas, texture: str, layers: int = 3, *, fringe: bool = False, turn: int = 0) -> None:
    """A stack of folds, the way a shop lays out a blanket."""
    canvas.standing(1.08)
    canvas.shadow(340, 648, 270, 32)
    height = 84 if layers == 3 else 60
    pattern = canvas.texture(texture, turn=turn)
    for layer in range(layers):
        y = 640 - (layer + 1) * height
        x = 100 + canvas.rng.randint(-6, 6)
        d = f"M{x + 20} {y}C{x + 160} {y - 8} {x + 300} {y + 6} {x + 420} {y}C{x + 452} {y + 6} {x + 452} {y + height - 4} {x + 420} {y + height}C{x + 300} {y + height + 4} {x + 150} {y + height - 4} {x + 20} {y + height}C{x - 14} {y + height - 6} {x - 14} {y + 6} {x + 20} {y}z"
        canvas.path(d, canvas.soft(), pattern)
        canvas.line(
            f"M{x + 6} {y + height - 3}C{x + 150} {y + height - 8} {x + 300} {y + height} {x + 436} {y + height - 3}",
            darker(canvas.colour, 0.55),
            5,
            0.32,
        )
    if fringe:
        d = "".join(f"M{x} 636q{canvas.rng.randint(-6, 6)} 24 0 44" for x in range(116, 532, 13))
        canvas.line(d, darker(canvas.colour, 0.1), 3.5)


def draped(canvas: Canvas, texture: str, *, fringe: bool = True) -> None:
    """Thrown over a rail."""
    canvas.standing()
    canvas.line("M60 206H580", "#a98a66", 20)
    canvas.line("M60 202H580", "#d6b88f", 6, 0.8)
    back = "M200 214C240 230 300 224 430 216L440 470C380 482 260 478 206 468z"
    canvas.path(back, canvas.soft(darker(canvas.colour, 0.24)))
    d = "M178 206C186 178 452 178 462 206C474 330 462 480 478 616C400 632 250 630 160 614C176 480 166 330 178 206z"
    canvas.path(d, canvas.soft(), canvas.texture(texture))
    canvas.line(
        "M250 196C258 330 244 480 246 624M330 190C326 340 342 480 338 626M404 196C400 330 416 480 410 624",
        darker(canvas.colour, 0.5),
        12,
        0.13,
    )
    canvas.line(
        "M276 196C282 330 272 480 272 624M362 192C360 340 376 480 370 626",
        lighter(canvas.colour, 0.7),
        9,
        0.18,
    )
    if fringe:
        canvas.line(
            "".join(f"M{x} 620v{canvas.rng.randint(34, 44)}" for x in range(166, 478, 13)),
            darker(canvas.colour, 0.08),
            3.5,
        )


def hung_towel(canvas: Canvas) -> None:
    canvas.lying()
    canvas.ellipse((320, 128), 12, 12, "#b38b4d")
    canvas.shadow(342, 420, 190, 330, 0.34)
    d = "M320 136C270 170 230 190 214 230C220 390 200 540 206 680L300 692L434 678C442 540 420 390 428 232C404 190 366 172 320 136z"
    canvas.path(d, canvas.soft(), canvas.texture("weave"))
    canvas.path(
        "M208 596L302 606L434 594V612L302 624L207 614zM207 632L302 643L434 630V638L302 650L207 639z",
        darker(canvas.colour, 0.35),
    )
    canvas.line(
        "M320 140C300 300 280 480 300 690M336 146C360 300 370 480 372 684M300 150C262 300 250 460 250 684",
        darker(canvas.colour, 0.5),
        9,
        0.16,
    )


def square_stack(canvas: Canvas, texture: str, count: int = 4, size: int = 280) -> None:
    """Folded squares fanned out, seen from above."""
    canvas.lying(1.1)
    for index in range(count):
        turn = -10 + index * 7
        tone = (darker(canvas.colour, 0.16), canvas.colour, lighter(canvas.colour, 0.2), canvas.colour)[
            index % 4
        ]
        x, y = 320 - size / 2 + index * 8, 400 - size / 2 - 20 + index * 14
        canvas.add(f'<g transform="rotate({turn} 320 400)">')
        canvas.shadow(x + size / 2 + 12, y + size / 2 + 16, size * 0.62, size * 0.62, 0.4)
        box = canvas.box(x, y, size, size, 6)
        canvas.path(box, canvas.soft(tone), canvas.texture(texture, tone))
        canvas.line(
            f"M{n(x + 12)} {n(y + 12)}h{size - 24}v{size - 24}h{24 - size}z", darker(tone, 0.5), 1.6, 0.3
        )
        canvas.line(f"M{n(x + size / 2)} {n(y)}v{size}", darker(tone, 0.5), 3, 0.12)
        canvas.add("</g>")


def rolls(canvas: Canvas) -> None:
    canvas.standing(1.15)
    for x, y in ((230, 640), (410, 640), (320, 500)):
        canvas.shadow(x + 16, y + 4, 110, 18, 0.4)
        canvas.add(
            f'<circle cx="{x}" cy="{y - 84}" r="86" fill="{canvas.soft()}"/><circle cx="{x}" cy="{y - 84}" r="86" fill="{canvas.texture("waffle")}"/>'
        )
        spiral = f"M{x} {y - 84}c10 -12 26 2 18 16c-12 20 -44 8 -40 -18c6 -36 60 -36 70 2c8 46 -50 72 -84 40c-32 -40 -10 -96 44 -96"
        canvas.line(spiral, darker(canvas.colour, 0.45), 5, 0.4)


def towel_stack(canvas: Canvas) -> None:
    folded(canvas, "terry", layers=4)


def flat_rug(canvas: Canvas, texture: str, *, fringe: bool = False, turn: int = 0) -> None:
    canvas.lying()
    canvas.shadow(336, 418, 310, 250, 0.4)
    canvas.add('<g transform="rotate(-6 320 400)">')
    box = canvas.box(84, 226, 472, 348, 14)
    if fringe:
        canvas.line("".join(f"M{x} 214v-18M{x} 586v18" for x in range(92, 552, 14)), canvas.colour, 4)
    canvas.path(box, canvas.soft(), canvas.texture(texture, turn=turn))
    canvas.line("M100 242H540V558H100z", darker(canvas.colour, 0.4), 3, 0.3)
    canvas.add("</g>")


def picnic_rug(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.shadow(340, 650, 260, 30)
    canvas.path(canvas.box(110, 480, 420, 166, 80), canvas.soft(), canvas.texture("check"))
    shade(canvas, canvas.box(110, 480, 420, 166, 80))
    canvas.ellipse((180, 563), 60, 80, canvas.soft(lighter(canvas.colour, 0.08)))
    canvas.line(
        "M180 563c8 -16 28 2 18 18c-14 22 -46 6 -42 -22c6 -36 54 -34 60 6", darker(canvas.colour, 0.5), 4, 0.5
    )
    for x in (300, 430):
        canvas.path(canvas.box(x, 476, 26, 172, 8), canvas.soft("#8a5a38"))
        canvas.path(canvas.box(x + 3, 520, 20, 26, 4), "none", more='stroke="#d2b26a" stroke-width="4"')
    canvas.cord("M313 478C320 420 436 420 443 478", "#8a5a38", 16)


def bed(canvas: Canvas, texture: str) -> None:
    canvas.standing()
    canvas.path(canvas.box(60, 250, 520, 330, 26), canvas.soft("#c9a57c"), canvas.texture("grain", "#c9a57c"))
    for x in (110, 330):
        d = f"M{x} 372C{x + 40} 352 {x + 160} 352 {x + 200} 372C{x + 212} 410 {x + 212} 450 {x + 200} 486H{x}C{x - 12} 450 {x - 12} 410 {x} 372z"
        canvas.path(d, canvas.soft(lighter(canvas.colour, 0.22)))
        shade(canvas, d)
    d = "M44 500C140 470 500 470 596 500C616 580 612 680 604 800H36C28 680 24 580 44 500z"
    canvas.path(d, canvas.soft(), canvas.texture(texture))
    canvas.path(
        "M44 500C140 470 500 470 596 500L598 566C500 536 140 540 42 566z",
        canvas.soft(lighter(canvas.colour, 0.3)),
    )
    canvas.line(
        "M140 560C120 640 170 700 150 800M300 550C330 640 290 700 310 800M470 556C450 640 490 720 470 800",
        darker(canvas.colour, 0.5),
        14,
        0.12,
    )


def pillow(canvas: Canvas, texture: str | None = None) -> None:
    canvas.standing(1.1)
    canvas.shadow(340, 640, 280, 34)
    d = "M92 420C180 372 460 372 548 420C580 470 580 580 548 628C460 650 180 650 92 628C60 580 60 470 92 420z"
    canvas.path(d, canvas.soft(), canvas.texture(texture) if texture else None)
    shade(canvas, d)
    canvas.line(
        "M104 434C150 456 172 470 180 492M536 434C500 456 480 470 470 492M104 616C150 600 176 590 190 570",
        darker(canvas.colour, 0.5),
        3,
        0.25,
    )


def runner(canvas: Canvas) -> None:
    canvas.lying()
    canvas.path("M0 0H640V800H0z", canvas.soft("#c4a27a"), canvas.texture("grain", "#c4a27a"))
    canvas.shadow(340, 400, 190, 460, 0.4)
    canvas.path("M190 -10H450V720H190z", canvas.soft(), canvas.texture("stripes"))
    canvas.path("M190 -10H450V720H190z", canvas.texture("weave"))
    canvas.line("".join(f"M{x} 720v30" for x in range(194, 450, 10)), canvas.colour, 3)


def apron(canvas: Canvas) -> None:
    canvas.lying()
    canvas.ellipse((320, 104), 10, 10, "#b38b4d")
    canvas.line("M264 214C270 150 300 120 320 108C340 120 370 150 376 214", darker(canvas.colour, 0.3), 9)
    canvas.shadow(340, 450, 220, 300, 0.34)
    d = "M256 208H384C386 300 420 340 470 360C468 480 474 580 466 690H174C166 580 172 480 170 360C220 340 254 300 256 208z"
    canvas.path(d, canvas.soft(), canvas.texture("weave"))
    canvas.path(
        "M232 450H408V560H232z",
        canvas.soft(lighter(canvas.colour, 0.06)),
        more=f'stroke="{lighter(canvas.colour, 0.5)}" stroke-width="3" stroke-dasharray="7 5"',
    )
    canvas.line("M340 450V560", lighter(canvas.colour, 0.5), 2.5)
    canvas.line("M172 380q-50 60 -40 150M468 380q50 60 40 150", darker(canvas.colour, 0.2), 8)


def oven_glove(canvas: Canvas) -> None:
    canvas.lying(1.05)
    canvas.ellipse((320, 150), 11, 11, "#b38b4d")
    canvas.shadow(340, 440, 170, 270, 0.36)
    for d, tone in (
        ("M320 160L440 190C446 330 452 440 446 560C446 640 330 640 330 560z", darker(canvas.colour, 0.14)),
        ("M320 160L200 190C194 340 188 460 194 590C196 674 312 674 312 590z", canvas.colour),
    ):
        canvas.path(d, canvas.soft(tone), canvas.texture("diamonds", tone, 0))
    canvas.line("M196 520C230 530 280 530 312 520", lighter(canvas.colour, 0.5), 7, 0.8)


FABRICS: dict[str, Draw] = {
    "cushion-boucle": partial(cushion, texture="boucle"),
    "cushion-print": partial(cushion, texture="leaves"),
    "cushion-tuft": partial(cushion, texture="diamonds"),
    "cushion-bench": bench_cushion,
    "cushion-round": floor_cushion,
    "bolster": bolster,
    "throw-check": partial(draped, texture="check"),
    "throw-drape": partial(draped, texture="waffle", fringe=False),
    "throw-folded": partial(folded, texture="tweed"),
    "throw-knit": partial(folded, texture="chunky"),
    "throw-fringe": partial(folded, texture="weave", fringe=True),
    "throw-herring": partial(folded, texture="herringbone"),
    "towel-stack": towel_stack,
    "towel-roll": rolls,
    "towel-fringe": partial(draped, texture="stripes"),
    "towel-hang": hung_towel,
    "napkins": partial(square_stack, texture="weave"),
    "cloths": partial(square_stack, texture="waffle", count=3),
    "wraps": partial(square_stack, texture="leaves", count=3, size=300),
    "cotblanket": partial(folded, texture="waffle"),
    "runner": runner,
    "apron": apron,
    "ovenglove": oven_glove,
    "bathmat": partial(flat_rug, texture="waves"),
    "deskmat": partial(flat_rug, texture="tweed"),
    "picnicrug": picnic_rug,
    "bedset": partial(bed, texture="weave"),
    "quilt": partial(bed, texture="waves"),
    "sheets": partial(folded, texture="weave", layers=4),
    "pillow": partial(pillow, texture="weave"),
    "pillowcase": pillow,
}
