"""Copy with a pattern that a tiny writer learns in seconds."""

from ecommerce_ai.inference.training_plan import Lesson, Lessons, TrainingPlan, WriterShape

COLOURS = ("red", "blue", "green", "black", "white", "grey", "pink", "brown")
THINGS = ("mug", "scarf", "lamp", "chair", "bag", "watch", "coat", "bowl", "shoe", "ring")
TINY = WriterShape(layers=2, width=48, heads=2, context=64, vocabulary=320)
PLAN = TrainingPlan(
    steps=60, rows=4, tokens=64, learning_rate=8e-3, warm_up_steps=5, evaluate_every=20, checkpoint_every=10
)


def lessons(pattern: str = "Meet our {colour} {thing}, made to last. A {thing} for every day.") -> Lessons:
    """Every pair of colour and thing; each seventh is held out, so every word was seen."""
    pairs = [(colour, thing) for colour in COLOURS for thing in THINGS]
    every = [
        Lesson(f"{colour} {thing}", pattern.format(colour=colour, thing=thing)) for colour, thing in pairs
    ]
    return Lessons(training=[each for number, each in enumerate(every) if number % 7], held_out=every[::7])
