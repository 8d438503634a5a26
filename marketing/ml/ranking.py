"""Which candidate first: predicted response, novelty, truth margin. The contributions add up to the score."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from marketing.ml.copy_checks import Checked
from marketing.ml.facts import ProductFacts

# Response where too little was sent to know: of ten thousand who get the message. The shop's own figures
# take over by and by; the priors of the features are small and say only which way one leans.
BASE_RATES = {"email": 0.025, "sms": 0.04, "push": 0.03, "banner": 0.01, "search_ad": 0.03}
BASE_RATE = 0.02
PRIORS = {"offer": 0.20, "use": 0.10, "detail": 0.05, "question": 0.05, "short": 0.05}
PRIOR_SENDS = 400.0
NOVELTY, TRUTH, LIKING = 0.30, 0.30, 0.40  # weights beside the response, whose unit is log-odds
ENOUGH_WORDS = {"short": 30}


@dataclass(frozen=True)
class Outcome:
    """A text that was sent: what it was like, to how many, and how many answered."""

    features: frozenset[str]
    sends: int
    responses: int


@dataclass(frozen=True)
class Contribution:
    """`code` names what it is about; `is_known` whether outcomes say so or only the prior does."""

    code: str
    value: float
    detail: float = 0.0
    is_known: bool = False


def features_of(text: str, product: ProductFacts) -> frozenset[str]:
    """What a text is like, as far as responses may hang on it."""
    offer = product.offer
    told = (f"{offer.percent:f}%", *folds(offer.percent)) if offer and offer.percent else ()
    tests = {
        "offer": any(each in text for each in told),
        "use": " for " in text or "适合" in text or "用得上" in text,
        "detail": " with " in text or "：" in text or ": " in text,
        "question": "?" in text or "？" in text,
        "short": len(text.split()) < ENOUGH_WORDS["short"] and len(text) < 200,
    }
    return frozenset(name for name, is_so in tests.items() if is_so)


def folds(percent: object) -> tuple[str, ...]:
    left = (100 - float(str(percent))) / 10
    return (f"{left:g}折",)


def contributions(
    checked: Checked,
    product: ProductFacts,
    channel: str,
    outcomes: Sequence[Outcome],
    liking: float | None = None,
) -> list[Contribution]:
    """`liking`: how much the audience likes what it is about, of what it likes best; None if nobody knows."""
    has = features_of(checked.text, product)
    response = [effect(name, outcomes, channel) for name in sorted(has)]
    novelty = 1.0 - checked.likeness
    fit = [] if liking is None else [Contribution("audience", LIKING * liking, liking, is_known=True)]
    margin = truth_margin(checked)
    return [
        base(outcomes, channel),
        *response,
        *fit,
        Contribution("novelty", NOVELTY * novelty, novelty, is_known=True),
        Contribution("truth", TRUTH * margin, margin, is_known=True),
    ]


def base(outcomes: Sequence[Outcome], channel: str) -> Contribution:
    """The shop's own rate in this channel, drawn to the prior while little was sent; in log-odds over it."""
    prior = BASE_RATES.get(channel, BASE_RATE)
    sends = sum(each.sends for each in outcomes)
    rate = (sum(each.responses for each in outcomes) + PRIOR_SENDS * prior) / (sends + PRIOR_SENDS)
    return Contribution("base", log_odds(rate) - log_odds(prior), rate, is_known=sends >= PRIOR_SENDS)


def effect(name: str, outcomes: Sequence[Outcome], channel: str) -> Contribution:
    """How much texts that have this were answered more, in log-odds; the prior counts as so many sends."""
    have = [each for each in outcomes if name in each.features]
    lack = [each for each in outcomes if name not in each.features]
    sends = min(sum(each.sends for each in have), sum(each.sends for each in lack))
    trust = sends / (sends + PRIOR_SENDS)
    seen = log_odds(rate_of(have, channel)) - log_odds(rate_of(lack, channel))
    return Contribution(name, trust * seen + (1 - trust) * PRIORS[name], sends, is_known=trust >= 0.5)


def rate_of(outcomes: Sequence[Outcome], channel: str) -> float:
    prior = BASE_RATES.get(channel, BASE_RATE)
    sends, answers = sum(each.sends for each in outcomes), sum(each.responses for each in outcomes)
    return (answers + PRIOR_SENDS * prior) / (sends + PRIOR_SENDS)


def log_odds(rate: float) -> float:
    bounded = min(max(rate, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def truth_margin(checked: Checked) -> float:
    """Of all claims: proved by a fact one, by words of the product's own text a half, taken out none."""
    proofs = [1.0 if each.fact or each.proof != "description" else 0.5 for _, each in checked.claims]
    total = len(proofs) + len(checked.removed)
    return sum(proofs) / total if total else 1.0
