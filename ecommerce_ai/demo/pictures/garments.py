"""Knitwear, nightwear, robes."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import Canvas
from ecommerce_ai.demo.pictures.colours import darker, lighter

Draw = Callable[[Canvas], None]
LEATHER, BRASS = "#8a5a38", "#c9a552"
BODY = "M236 190C270 214 370 214 404 190L470 226C476 340 468 480 474 612C420 624 220 624 166 612C172 480 164 340 170 226z"
LEFT_SLEEVE = "M236 190L170 226C120 320 96 440 84 560L142 580C166 500 176 430 196 360z"
RIGHT_SLEEVE = "M404 190L470 226C520 320 544 440 556 560L498 580C474 500 464 430 444 360z"


def top(canvas: Canvas, texture: str, *, sleeves: bool = True) -> None:
    """A garment laid flat, front up."""
    canvas.lying(1.04)
    canvas.shadow(336, 430, 290, 280, 0.32)
    pattern = canvas.texture(texture)
    if sleeves:
        for d in (LEFT_SLEEVE, RIGHT_SLEEVE):
            canvas.path(d, canvas.soft(darker(canvas.colour, 0.07)), pattern)
    canvas.path(BODY, canvas.soft(), pattern)
    canvas.line(
        "M196 300C190 400 182 500 186 590M444 300C450 400 458 500 454 590",
        darker(canvas.colour, 0.5),
        8,
        0.13,
    )


def hems(canvas: Canvas, *, sleeves: bool = True) -> None:
    rib = canvas.texture("rib")
    canvas.path(
        "M166 580C220 594 420 594 474 580L475 616C420 630 220 630 165 616z",
        canvas.soft(darker(canvas.colour, 0.1)),
        rib,
    )
    if sleeves:
        canvas.path("M88 530L146 550L140 586L82 566z", canvas.soft(darker(canvas.colour, 0.1)), rib)
        canvas.path("M552 530L494 550L500 586L558 566z", canvas.soft(darker(canvas.colour, 0.1)), rib)


def neck(canvas: Canvas, *, roll: bool = False) -> None:
    inside = darker(canvas.colour, 0.5)
    if roll:
        canvas.path(
            "M248 196C250 130 390 130 392 196C380 222 260 222 248 196z",
            canvas.soft(lighter(canvas.colour, 0.08)),
            canvas.texture("rib"),
        )
        canvas.ellipse((320, 150), 62, 11, inside)
        return
    canvas.path(
        "M236 190C270 172 370 172 404 190C380 236 260 236 236 190z",
        canvas.soft(darker(canvas.colour, 0.1)),
        canvas.texture("rib"),
    )
    canvas.path("M252 190C280 180 360 180 388 190C370 218 270 218 252 190z", inside)


def jumper(canvas: Canvas, texture: str, *, roll: bool = False) -> None:
    top(canvas, texture)
    hems(canvas)
    neck(canvas, roll=roll)


def yoke_jumper(canvas: Canvas) -> None:
    top(canvas, "knit")
    tones = [
        lighter(canvas.colour, 0.75),
        "#d8b46a",
        darker(canvas.colour, 0.45),
        lighter(canvas.colour, 0.45),
    ]
    for index, tone in enumerate(tones):
        drop = 16 + index * 26
        canvas.add(
            f'<path d="M{226 - index * 9} {204 + drop * 0.5:.0f}C{260 - index * 8} {232 + drop} {380 + index * 8} {232 + drop} {414 + index * 9} {204 + drop * 0.5:.0f}" '
            f'fill="none" stroke="{tone}" stroke-width="11" stroke-dasharray="{(14, 6, 9, 18)[index]} {(8, 7, 5, 8)[index]}"/>'
        )
    hems(canvas)
    neck(canvas)


def cardigan(canvas: Canvas) -> None:
    top(canvas, "knit")
    hems(canvas)
    canvas.path("M252 186C280 178 360 178 388 186L330 400H312z", darker(canvas.colour, 0.5))
    canvas.line(
        "M246 190C260 260 300 350 318 400V620M394 190C380 260 340 350 322 400",
        darker(canvas.colour, 0.24),
        20,
    )
    for y in (430, 478, 526, 574):
        canvas.ellipse((321, y), 8, 8, "#5a4434")
    for x in (196, 366):
        canvas.path(
            canvas.box(x, 470, 78, 92, 6),
            "none",
            more=f'stroke="{darker(canvas.colour, 0.4)}" stroke-opacity=".4" stroke-width="4"',
        )


def vest(canvas: Canvas) -> None:
    top(canvas, "cable", sleeves=False)
    hems(canvas, sleeves=False)
    canvas.path("M250 186C280 178 360 178 390 186L334 616H306z", darker(canvas.colour, 0.42))


def pyjamas(canvas: Canvas, *, trousers: bool = True) -> None:
    piping = lighter(canvas.colour, 0.75)
    if trousers:
        canvas.lying(0.98)
        canvas.shadow(340, 560, 190, 220, 0.32)
        canvas.path(
            "M216 420H430L452 760H350L324 540L296 760H196z",
            canvas.soft(darker(canvas.colour, 0.06)),
            canvas.texture("check"),
        )
        canvas.add('<g transform="translate(-8 -40) scale(.98 .86)">')
    else:
        canvas.lying()
        canvas.add('<g transform="translate(0 -30) scale(1 1.16)">')
    canvas.shadow(340, 430, 270, 250, 0.3)
    for d in (LEFT_SLEEVE, RIGHT_SLEEVE, BODY):
        canvas.path(d, canvas.soft(), canvas.texture("check" if trousers else "weave"))
    canvas.path(
        "M250 188C280 240 310 262 320 268C330 262 360 240 390 188C360 176 280 176 250 188z",
        darker(canvas.colour, 0.45),
    )
    canvas.path(
        "M236 190L320 276L288 306L222 200zM404 190L320 276L352 306L418 200z",
        canvas.soft(lighter(canvas.colour, 0.1)),
        more=f'stroke="{piping}" stroke-width="3"',
    )
    canvas.line("M320 276V612M84 556L142 576M556 556L498 576", piping, 3)
    for y in (330, 400, 470, 540):
        canvas.ellipse((328, y), 6, 6, "#f3ede0")
    canvas.add("</g>")


def robe(canvas: Canvas) -> None:
    canvas.lying()
    canvas.ellipse((320, 92), 11, 11, "#b38b4d")
    canvas.shadow(342, 440, 230, 330, 0.32)
    pattern = canvas.texture("waffle")
    sleeves = "M236 150L176 180C130 270 110 380 104 470L182 486C190 410 200 340 216 290zM404 150L464 180C510 270 530 380 536 470L458 486C450 410 440 340 424 290z"
    canvas.path(sleeves, canvas.soft(darker(canvas.colour, 0.1)), pattern)
    canvas.path(
        "M236 150C270 120 370 120 404 150L450 210C452 400 470 560 478 720C400 734 240 734 162 720C170 560 188 400 190 210z",
        canvas.soft(),
        pattern,
    )
    canvas.path("M250 142C290 120 350 120 390 142L330 430L318 720L306 430z", darker(canvas.colour, 0.3))
    canvas.line(
        "M246 146C262 250 290 340 318 424M394 146C378 250 350 340 322 424", lighter(canvas.colour, 0.16), 26
    )
    canvas.path(
        "M186 420C260 436 380 436 454 420V452C380 468 260 468 186 452z",
        canvas.soft(darker(canvas.colour, 0.12)),
    )
    canvas.line("M330 446q34 80 20 150M310 446q-26 60 -16 120", darker(canvas.colour, 0.12), 17)


def romper(canvas: Canvas) -> None:
    canvas.lying(1.12)
    canvas.shadow(336, 430, 200, 250, 0.32)
    d = "M262 190C290 206 350 206 378 190L476 270L440 336L410 316C414 390 424 440 434 500L416 612L352 620L330 520H310L288 620L224 612L206 500C216 440 226 390 230 316L200 336L164 270z"
    canvas.path(d, canvas.soft(), canvas.texture("knit"))
    canvas.path("M262 190C290 178 350 178 378 190C360 222 280 222 262 190z", darker(canvas.colour, 0.35))
    for y in (250, 300, 350, 400):
        canvas.ellipse((320, y), 7, 7, "#f5efe2")
    canvas.line("M226 600L288 608M352 608L414 600", darker(canvas.colour, 0.3), 14, 0.35)


GARMENTS: dict[str, Draw] = {
    "jumper-cable": partial(jumper, texture="cable"),
    "jumper-roll": partial(jumper, texture="rib", roll=True),
    "jumper-stripe": partial(jumper, texture="stripes"),
    "jumper-yoke": yoke_jumper,
    "cardigan": cardigan,
    "vest": vest,
    "pyjamas": pyjamas,
    "nightshirt": partial(pyjamas, trousers=False),
    "robe": robe,
    "romper": romper,
}
