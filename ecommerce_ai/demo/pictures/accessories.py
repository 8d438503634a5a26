"""Hats, gloves, socks, slippers."""

from collections.abc import Callable
from functools import partial

from ecommerce_ai.demo.pictures.canvas import Canvas
from ecommerce_ai.demo.pictures.colours import darker, lighter, mix

Draw = Callable[[Canvas], None]
LEATHER, BRASS = "#8a5a38", "#c9a552"


def beanie(canvas: Canvas, *, bobble: bool = False) -> None:
    canvas.standing(1.2)
    canvas.shadow(344, 650, 190, 26)
    crown = "M166 600C160 380 240 300 320 300C400 300 480 380 474 600z"
    canvas.path(crown, canvas.soft(), canvas.texture("knit" if bobble else "rib"))
    if bobble:
        flake = "M0 -22V22M-19 -11L19 11M-19 11L19 -11"
        for x, y in ((220, 470), (320, 450), (420, 470), (270, 390), (370, 390)):
            canvas.add(
                f'<path d="{flake}" stroke="#f6f1e8" stroke-width="5" stroke-linecap="round" transform="translate({x} {y})"/>'
            )
        canvas.add(
            f'<circle cx="320" cy="276" r="58" fill="{canvas.soft(lighter(canvas.colour, 0.4))}"/><circle cx="320" cy="276" r="58" fill="{canvas.texture("terry")}"/>'
        )
    canvas.path(
        crown,
        canvas.define(
            "dome",
            '<radialGradient id="%s" cx=".35" cy=".3" r=".8"><stop offset=".4" stop-opacity="0"/><stop offset="1" stop-opacity=".28"/></radialGradient>',
        ),
    )
    cuff = "M152 548C240 576 400 576 488 548C496 580 496 616 488 640C400 664 240 664 152 640C144 616 144 580 152 548z"
    canvas.path(cuff, canvas.soft(lighter(canvas.colour, 0.08)), canvas.texture("rib"))


def hands(canvas: Canvas, *, fingers: bool) -> None:
    canvas.lying(1.1)
    glove = (
        "M-70 130C-74 40 -70 -20 -66 -60C-66 -140 -40 -140 -38 -70C-38 -190 -6 -190 -6 -74C-4 -200 28 -196 28 -72C32 -170 62 -164 60 -60C66 0 64 60 64 130z"
        if fingers
        else "M-70 130C-76 20 -80 -190 0 -190C76 -190 72 20 66 130z"
    )
    thumb = "M-62 40C-120 10 -136 -40 -124 -66C-104 -84 -86 -30 -60 -14z"
    for x, turn, flip in ((226, -8, 1), (424, 8, -1)):
        canvas.shadow(x + 12, 440, 110, 200, 0.32)
        canvas.add(f'<g transform="translate({x} 420) rotate({turn}) scale({flip} 1)">')
        canvas.path(thumb, canvas.soft(darker(canvas.colour, 0.06)), canvas.texture("knit"))
        canvas.path(glove, canvas.soft(), canvas.texture("knit" if fingers else "tweed"))
        canvas.path("M-74 120H70V196H-74z", canvas.soft(darker(canvas.colour, 0.12)), canvas.texture("rib"))
        canvas.add("</g>")


def garden_gloves(canvas: Canvas) -> None:
    hands(canvas, fingers=True)
    canvas.line("M150 590q70 -26 142 -2M352 586q74 -24 140 2", BRASS, 7, 0.8)


def straw_hat(canvas: Canvas) -> None:
    canvas.standing(1.1)
    canvas.shadow(344, 640, 290, 40)
    canvas.ellipse((320, 604), 282, 56, canvas.soft(darker(canvas.colour, 0.12)))
    canvas.ellipse((320, 596), 282, 54, canvas.soft())
    canvas.ellipse((320, 596), 282, 54, canvas.texture("basket"))
    crown = "M184 590C180 440 230 400 320 400S460 440 456 590C400 616 240 616 184 590z"
    canvas.path(crown, canvas.round(), canvas.texture("basket"))
    canvas.path("M184 552C240 580 400 580 456 552L456 590C400 618 240 618 184 590z", canvas.soft("#4c4844"))


def rain_hat(canvas: Canvas) -> None:
    canvas.standing(1.25)
    canvas.shadow(344, 646, 240, 30)
    canvas.path(
        "M110 620C160 540 480 540 530 620C460 664 180 664 110 620z", canvas.soft(), canvas.texture("weave")
    )
    canvas.path(
        "M196 588C200 450 230 420 320 420S440 450 444 588C400 606 240 606 196 588z",
        canvas.round(),
        canvas.texture("weave"),
    )
    canvas.line("M196 580C240 600 400 600 444 580", darker(canvas.colour, 0.45), 7, 0.6)
    for y in (612, 626, 638):
        canvas.line(
            f"M{124 + (638 - y)} {y}Q320 {y + 26} {516 - (638 - y)} {y}", darker(canvas.colour, 0.4), 2, 0.4
        )


def socks(canvas: Canvas, texture: str, height: int = 220, pairs: int = 1) -> None:
    canvas.lying(1.14 if pairs == 1 else 1)
    shades = [
        canvas.colour,
        lighter(canvas.colour, 0.3),
        darker(canvas.colour, 0.2),
        mix(canvas.colour, "#d8b46a", 0.3),
        mix(canvas.colour, "#a9c3cf", 0.4),
    ]
    spots = (
        [(240, 0, -6), (396, 30, 8)]
        if pairs == 1
        else [(120 + index * 78, index % 2 * 44, -10 + index * 4) for index in range(5)]
    )
    for index, (x, drop, turn) in enumerate(spots):
        tone = shades[index] if pairs > 1 else canvas.colour
        sock(canvas, tone, texture, (x, 380 + drop, turn), height)


def sock(canvas: Canvas, tone: str, texture: str, place: tuple[int, int, int], height: int) -> None:
    x, y, turn = place
    leg = f"M-44 {-height}H44V40C44 70 60 90 96 108C130 128 116 176 70 176H-2C-40 170 -46 120 -44 80z"
    canvas.shadow(x + 26, y + 20, 90, height * 0.9, 0.3)
    canvas.add(f'<g transform="translate({x} {y}) rotate({turn})">')
    canvas.path(leg, canvas.soft(tone), canvas.texture(texture))
    trim = darker(tone, 0.28)
    canvas.path(f"M-46 {-height}H46V{-height + 46}H-46z", trim, canvas.texture("rib", canvas.colour))
    canvas.path(
        "M96 108C130 128 116 176 70 176H58C66 150 76 124 96 108zM-44 60C-10 70 -6 140 -2 176C-40 170 -46 120 -44 60z",
        trim,
    )
    canvas.add("</g>")


def slippers(canvas: Canvas, *, open_toe: bool = False) -> None:
    canvas.lying(1.15)
    for x, turn in ((228, -7), (414, 7)):
        canvas.shadow(x + 14, 420, 104, 210, 0.4)
        canvas.add(f'<g transform="translate({x} 400) rotate({turn})">')
        canvas.path(
            "M0 -200C70 -200 84 -120 76 -40C70 20 74 90 66 140C56 206 -56 206 -66 140C-74 90 -70 20 -76 -40C-84 -120 -70 -200 0 -200z",
            canvas.soft(darker(canvas.colour, 0.3)),
        )
        canvas.path(
            "M0 -60C50 -60 60 -20 58 40C56 100 58 184 0 184S-56 100 -58 40C-60 -20 -50 -60 0 -60z",
            canvas.soft("#efe6d6"),
            canvas.texture("terry", "#efe6d6"),
        )
        upper = (
            "M-78 -60C-60 -120 60 -120 78 -60L76 40C40 -6 -40 -6 -76 40z"
            if open_toe
            else "M0 -206C76 -206 88 -120 78 -40L72 26C40 -30 -40 -30 -72 26L-78 -40C-88 -120 -76 -206 0 -206z"
        )
        canvas.path(upper, canvas.soft(), canvas.texture("tweed"))
        canvas.add("</g>")


def slipper_boots(canvas: Canvas) -> None:
    canvas.standing(1.2)
    for x, y in ((250, 600), (370, 652)):
        canvas.shadow(x + 60, y + 2, 170, 22, 0.45)
        d = f"M{x - 80} {y - 200}H{x + 50}V{y - 110}C{x + 90} {y - 96} {x + 166} {y - 86} {x + 170} {y - 30}C{x + 170} {y - 10} {x + 166} {y} {x + 150} {y}H{x - 76}C{x - 96} {y - 60} {x - 84} {y - 130} {x - 80} {y - 200}z"
        canvas.path(d, canvas.soft(), canvas.texture("cable"))
        canvas.path(
            canvas.box(x - 90, y - 226, 150, 50, 22),
            canvas.soft("#efe6d6"),
            canvas.texture("terry", "#efe6d6"),
        )
        canvas.line(f"M{x - 78} {y - 2}H{x + 154}", darker(canvas.colour, 0.5), 9)


def eye_mask(canvas: Canvas) -> None:
    canvas.lying(1.05)
    canvas.cord("M110 380C60 240 580 240 530 380", darker(canvas.colour, 0.2), 14)
    canvas.shadow(336, 440, 250, 110, 0.45)
    d = "M96 390C100 310 220 320 320 330C420 320 540 310 544 390C548 480 440 510 390 480C360 462 346 440 320 440S280 462 250 480C200 510 92 480 96 390z"
    canvas.path(d, canvas.soft(), more=f'stroke="{lighter(canvas.colour, 0.35)}" stroke-width="6"')
    canvas.line("M150 380C180 352 240 360 280 362", "#ffffff", 9, 0.22)


ACCESSORIES: dict[str, Draw] = {
    "beanie": beanie,
    "bobble": partial(beanie, bobble=True),
    "gloves": partial(hands, fingers=True),
    "mittens": partial(hands, fingers=False),
    "garden-gloves": garden_gloves,
    "hat-straw": straw_hat,
    "hat-bucket": rain_hat,
    "socks": partial(socks, texture="knit"),
    "socks-dots": partial(socks, texture="dots", height=170),
    "socks-bed": partial(socks, texture="cable", height=150),
    "socks-knee": partial(socks, texture="stripes", height=290),
    "socks-pack": partial(socks, texture="knit", height=190, pairs=5),
    "slippers": slippers,
    "slides": partial(slippers, open_toe=True),
    "slipperboot": slipper_boots,
    "eyemask": eye_mask,
}
