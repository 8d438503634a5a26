"""Paper and the desk."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import Canvas
from ecommerce_ai.demo.pictures.colours import darker, lighter, mix
from ecommerce_ai.demo.pictures.house import label

Draw = Callable[[Canvas], None]
PAPER, LEATHER, BRASS = "#f5efe3", "#8a5a38", "#c9a552"


def notebook(
    canvas: Canvas, texture: str | None = "weave", *, band: bool = False, grid: bool = False
) -> None:
    canvas.lying(1.08)
    canvas.add(f'<g transform="rotate({canvas.rng.choice((-9, -6, 8))} 320 400)">')
    canvas.shadow(346, 426, 220, 290, 0.5)
    canvas.path(canvas.box(168, 162, 318, 486, 8), "#e9e2d4")
    canvas.line("M486 180V640M482 182V644", "#cfc5b2", 2)
    canvas.path(
        canvas.box(156, 154, 318, 486, 10), canvas.soft(), canvas.texture(texture) if texture else None
    )
    canvas.path(
        "M156 164Q156 154 166 154H192V640H166Q156 640 156 630z",
        darker(canvas.colour, 0.45),
        more='fill-opacity=".22"',
    )
    if band:
        canvas.line("M430 154V640", darker(canvas.colour, 0.5), 11)
    elif grid:
        canvas.path(canvas.box(226, 230, 190, 150, 4), PAPER)
        canvas.line(
            "M244 262H398M244 292H398M244 322H398M244 352H398M282 244V366M320 244V366M358 244V366",
            canvas.colour,
            2.5,
        )
    else:
        label(canvas, 240, 236, 160, 100)
    canvas.line("M300 640v54l10 -14l10 14V640", mix(canvas.colour, "#c9503a", 0.6), 7)
    canvas.add("</g>")


def exercise_books(canvas: Canvas) -> None:
    canvas.lying(1.02)
    for index, (turn, x) in enumerate(((-14, 120), (0, 170), (13, 214))):
        tone = (lighter(canvas.colour, 0.4), canvas.colour, darker(canvas.colour, 0.25))[index]
        canvas.add(f'<g transform="rotate({turn} 320 560)">')
        canvas.shadow(x + 150, 420, 190, 240, 0.36)
        canvas.path(canvas.box(x, 190, 270, 420, 4), canvas.soft(tone), canvas.texture("marbled", tone))
        canvas.path(f"M{x} 190h34v420h-34z", "#3a3f46")
        label(canvas, x + 80, 260, 130, 80)
        canvas.add("</g>")


def folio(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.add('<g transform="rotate(-7 320 400)">')
    canvas.shadow(346, 430, 230, 290, 0.5)
    canvas.path(canvas.box(190, 168, 300, 470, 4), PAPER)
    canvas.path(canvas.box(150, 150, 330, 500, 20), canvas.soft())
    canvas.line("M166 170V630M466 170V630", lighter(canvas.colour, 0.45), 2.5, 0.5)
    canvas.line("M340 150V650", darker(canvas.colour, 0.6), 8)
    canvas.ellipse((340, 400), 22, 22, canvas.metal(BRASS))
    canvas.line("M210 220C250 300 230 400 260 520", lighter(canvas.colour, 0.4), 14, 0.12)
    canvas.add("</g>")


def pen(canvas: Canvas) -> None:
    canvas.lying(1.05)
    canvas.path("M90 180H550V700H90z", canvas.soft("#f7f2e8"))
    canvas.line(
        "M140 270C200 240 240 300 300 268S400 250 450 276M140 340C220 320 240 362 330 338M140 410C180 396 250 424 300 404",
        "#34405a",
        5,
        0.75,
    )
    canvas.add('<g transform="rotate(40 360 520)">')
    canvas.shadow(380, 540, 40, 250, 0.45)
    canvas.path("M338 350H382L386 620H334z", canvas.metal())
    canvas.path("M336 620H384L378 690Q360 700 342 690z", canvas.metal("#3b3c40"))
    canvas.path("M350 694H370L362 760H358z", canvas.metal(BRASS))
    canvas.path(canvas.box(334, 240, 52, 130, 18), canvas.metal(darker(canvas.colour, 0.12)))
    canvas.line("M392 260V350", BRASS, 8)
    canvas.add("</g>")


def pencils(canvas: Canvas) -> None:
    canvas.lying(1.08)
    canvas.shadow(340, 430, 250, 230, 0.4)
    canvas.path(canvas.box(110, 210, 420, 400, 14), canvas.metal("#b9bcbd"))
    canvas.path(canvas.box(124, 224, 392, 372, 8), "#6f7476")
    for index in range(12):
        x = 146 + index * 31
        tone = mix("#d5d7d8", "#2a2c30", index / 11)
        canvas.path(f"M{x - 12} 296L{x} 250L{x + 12} 296V580H{x - 12}z", canvas.soft("#e2c79c"))
        canvas.path(f"M{x - 12} 306L{x} 298L{x + 12} 306V580H{x - 12}z", tone)
        canvas.line(f"M{x} 252v10", "#2a2c30", 5)


def tray(canvas: Canvas) -> None:
    canvas.lying(1.05)
    canvas.shadow(340, 430, 270, 200, 0.45)
    canvas.path(canvas.box(90, 250, 460, 310, 34), canvas.soft(), canvas.texture("grain"))
    for x, y, w, h in ((122, 280, 396, 74), (122, 376, 180, 152), (324, 376, 194, 152)):
        canvas.path(
            canvas.box(x, y, w, h, 30), canvas.soft(darker(canvas.colour, 0.26)), canvas.texture("grain")
        )
    canvas.line("M160 316H470", "#2d3d57", 13)
    canvas.line("M170 312H440", "#8aa0bb", 3)
    canvas.add(f'<circle cx="212" cy="446" r="30" fill="none" stroke="{BRASS}" stroke-width="10"/>')
    canvas.line("M212 476V510", BRASS, 11)
    canvas.ellipse((400, 450), 34, 26, canvas.soft("#8a9aa0"))
    canvas.ellipse((454, 470), 24, 19, canvas.soft("#b7a894"))


def paperweight(canvas: Canvas) -> None:
    canvas.standing(1.25)
    canvas.path("M100 620L440 596L560 650L200 690z", PAPER)
    canvas.shadow(350, 640, 190, 26, 0.5)
    d = "M160 620C150 520 230 470 330 474C440 476 500 540 486 616C470 650 180 656 160 620z"
    canvas.path(d, canvas.round(), canvas.texture("veins"))
    canvas.path(
        "M166 560C240 530 420 540 484 574L486 596C420 560 240 552 160 584z",
        "#f4f0e8",
        more='fill-opacity=".7"',
    )


def cards(canvas: Canvas) -> None:
    canvas.lying(1.06)
    bird = "M0 0C-20 -40 -70 -40 -92 -8L-130 14L-86 20C-60 60 10 60 60 20L120 4L60 -4C40 -20 20 -20 0 0z"
    for index, (turn, x, y) in enumerate(((-12, 120, 180), (9, 210, 230), (-3, 160, 330))):
        canvas.add(f'<g transform="rotate({turn} 320 400)">')
        canvas.shadow(x + 150, y + 116, 190, 130, 0.4)
        canvas.path(canvas.box(x, y, 290, 210, 3), PAPER if index % 2 == 0 else canvas.soft())
        tone = canvas.colour if index % 2 == 0 else PAPER
        canvas.add(f'<path d="{bird}" fill="{tone}" transform="translate({x + 146} {y + 96}) scale(.8)"/>')
        canvas.line(
            f"M{x + 40} {y + 156}C{x + 110} {y + 140} {x + 190} {y + 160} {x + 250} {y + 146}", tone, 5
        )
        canvas.add("</g>")


def letters(canvas: Canvas) -> None:
    canvas.lying(1.06)
    canvas.add('<g transform="rotate(-6 320 400)">')
    canvas.shadow(330, 330, 210, 220, 0.36)
    canvas.path(canvas.box(160, 130, 290, 400, 3), canvas.soft(lighter(canvas.colour, 0.5)))
    canvas.line("M200 200H410M200 240H410M200 280H370", darker(canvas.colour, 0.4), 2.5, 0.4)
    canvas.add("</g>")
    canvas.add('<g transform="rotate(5 320 560)">')
    canvas.shadow(346, 570, 230, 140, 0.45)
    canvas.path(canvas.box(130, 430, 390, 240, 6), canvas.soft(lighter(canvas.colour, 0.12)))
    canvas.path(
        "M132 436L325 580L518 436z",
        canvas.soft(lighter(canvas.colour, 0.3)),
        more=f'stroke="{darker(canvas.colour, 0.3)}" stroke-opacity=".4" stroke-width="2"',
    )
    canvas.ellipse((325, 566), 30, 30, canvas.soft("#8c3b35"))
    canvas.add("</g>")


def wrapping(canvas: Canvas) -> None:
    canvas.lying(1.05)
    for x, turn in ((190, -10), (270, -4), (350, 3)):
        canvas.add(f'<g transform="rotate({turn} {x} 700)">')
        tone = (lighter(canvas.colour, 0.5), canvas.colour, darker(canvas.colour, 0.2))[(x - 190) // 80]
        canvas.shadow(x + 50, 410, 60, 280, 0.34)
        canvas.path(canvas.box(x, 110, 76, 580, 8), canvas.round(tone), canvas.texture("leaves", tone))
        canvas.ellipse((x + 38, 114), 37, 9, PAPER)
        canvas.add("</g>")
    canvas.path("M168 404Q320 440 470 396V432Q320 476 168 440z", canvas.soft(PAPER))


def wax_seal(canvas: Canvas) -> None:
    canvas.lying(1.1)
    canvas.path(canvas.box(110, 420, 420, 250, 5), canvas.soft(PAPER))
    canvas.path("M112 426L320 570L528 426z", canvas.soft("#efe6d5"), more='stroke="#cdbfa6" stroke-width="2"')
    canvas.path(
        "M320 506C372 500 400 540 384 584C396 630 330 650 296 632C246 630 250 570 262 548C264 516 290 506 320 506z",
        canvas.soft(),
    )
    canvas.ellipse((322, 572), 44, 44, canvas.soft(darker(canvas.colour, 0.12)))
    canvas.line(
        "M322 604V548M322 580l20 -16M322 580l-20 -16M322 562l14 -14M322 562l-14 -14",
        lighter(canvas.colour, 0.3),
        4,
    )
    canvas.add('<g transform="rotate(34 450 260)">')
    canvas.shadow(470, 270, 40, 160, 0.4)
    canvas.path("M428 120C428 90 472 90 472 120L464 260H436z", canvas.round("#75543e"))
    canvas.path("M430 260H470L482 330H418z", canvas.metal(BRASS))
    canvas.add("</g>")


def garland(canvas: Canvas) -> None:
    canvas.lying()
    canvas.line("M-10 200Q320 420 650 180M-10 420Q300 640 650 440", "#b59b74", 3)
    star = "M0 -58L14 -18L56 -18L22 8L34 50L0 24L-34 50L-22 8L-56 -18L-14 -18z"
    for x, y, turn in (
        (90, 262, -8),
        (240, 316, 6),
        (400, 312, -4),
        (560, 244, 10),
        (70, 470, 8),
        (220, 530, -6),
        (380, 536, 5),
        (550, 486, -9),
    ):
        canvas.shadow(x + 10, y + 54, 54, 40, 0.3)
        canvas.add(
            f'<g transform="translate({x} {y + 40}) rotate({turn})"><path d="{star}" fill="{canvas.soft()}"/><path d="M0 -58L0 0L14 -18zM56 -18L0 0L22 8zM34 50L0 0L0 24zM-34 50L0 0L-22 8zM-56 -18L0 0L-14 -18z" fill="{darker(canvas.colour, 0.22)}" fill-opacity=".5"/></g>'
        )


PAPER_GOODS: dict[str, Draw] = {
    "notebook": notebook,
    "notebook-band": partial(notebook, texture=None, band=True),
    "planner": partial(notebook, grid=True),
    "notebook-marble": exercise_books,
    "folio": folio,
    "pen": pen,
    "pencils": pencils,
    "desktray": tray,
    "paperweight": paperweight,
    "cards": cards,
    "letters": letters,
    "wrap": wrapping,
    "waxseal": wax_seal,
    "garland": garland,
}
