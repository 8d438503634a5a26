"""Whether the shop has enough data to say what customers will be worth."""

from dataclasses import dataclass

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.selectors import live_run

VALUE_RUN = "customer-value"


@dataclass(frozen=True)
class TooLittleData:
    """Customers who came back: how many there are, and how many it takes."""

    have: int
    need: int


def lacking_of(run: ModelRun | None) -> dict[str, int]:
    """{"have", "need"} where the last attempt found too few customers who came back; else empty."""
    found = run.metrics if run else {}
    return {name: int(found[name]) for name in ("have", "need") if "need" in found}


def value_shortage() -> TooLittleData | None:
    """What is missing for the values of customers; None where there is enough, or nobody looked yet."""
    lacking = lacking_of(live_run(VALUE_RUN))
    return TooLittleData(**lacking) if lacking else None
