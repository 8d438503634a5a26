"""What customers will be worth: BG/NBD for how often (Fader, Hardie & Lee, Marketing Science 2005), and
Gamma-Gamma for how much (Fader & Hardie, "The Gamma-Gamma Model of Monetary Value", 2013). Times in weeks.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, gammaln

Floats = npt.NDArray[np.float64]
LEAST_REPEATERS = 30
DRAWS, PARAMETER_DRAWS = 200, 40
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Histories:
    """One row per buyer: repeat orders, weeks from the first to the last, weeks from the first until now,
    and the mean of all orders' values."""

    repeats: Floats
    last: Floats
    age: Floats
    mean_value: Floats


@dataclass(frozen=True)
class Lifetime:
    """Logarithms of r, alpha, a, b with their covariance, and of Gamma-Gamma's p, q, gamma."""

    frequency: Floats
    covariance: Floats
    spending: Floats


@dataclass(frozen=True)
class Forecast:
    """One row per buyer; low and high enclose 80 percent. Waits are weeks until the next order of somebody
    who is still a customer."""

    orders: Floats
    value: Floats
    value_low: Floats
    value_high: Floats
    churn: Floats
    churn_low: Floats
    churn_high: Floats
    wait: Floats
    wait_low: Floats
    wait_high: Floats


def fit_lifetime(histories: Histories) -> Lifetime:
    """Maximum likelihood of both models."""
    from scipy.optimize import minimize

    start = np.log([1.0, max(float(histories.age.mean()), 1.0), 1.0, 2.0])
    found = minimize(lambda logs: -frequency_likelihood(logs, histories), start, method="BFGS")
    orders = histories.repeats + 1
    scale = max(float(histories.mean_value.mean()), 0.01)
    spending = minimize(
        lambda logs: -spending_likelihood(logs, orders, histories.mean_value / scale),
        np.log([5.0, 4.0, 3.0]),
        method="L-BFGS-B",
        bounds=[(-5, 8), (np.log(1.1), 8), (-5, 8)],
    ).x
    return Lifetime(found.x, np.asarray(found.hess_inv), np.r_[spending[:2], spending[2] + np.log(scale)])


def frequency_likelihood(logs: Floats, h: Histories) -> float:
    """Mean log-likelihood, a little held near 1 so that few data leave no parameter at infinity."""
    r, alpha, a, b = np.exp(np.clip(logs, -8, 8))
    common = gammaln(r + h.repeats) - gammaln(r) + r * np.log(alpha)
    common += betaln(a, b + h.repeats) - betaln(a, b)
    alive = -(r + h.repeats) * np.log(alpha + h.age)
    gone = np.log(a) - np.log(b + np.maximum(h.repeats, 1) - 1) - (r + h.repeats) * np.log(alpha + h.last)
    both = np.where(h.repeats > 0, np.logaddexp(alive, gone), alive)
    return float((common + both).mean() - 1e-3 * (logs**2).sum())


def spending_likelihood(logs: Floats, orders: Floats, mean: Floats) -> float:
    p, q, gamma = np.exp(logs)
    mean = np.maximum(mean, 1e-3)
    shape = p * orders
    told = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma) + shape * np.log(orders)
    return float((told + (shape - 1) * np.log(mean) - (shape + q) * np.log(gamma + orders * mean)).mean())


def forecast(model: Lifetime, histories: Histories, *, weeks: float = 52.0) -> Forecast:
    """Means and intervals of the coming `weeks`, by simulation from each buyer's posterior (seeded)."""
    draw = np.random.default_rng(0)
    churn = 1 - alive_share(model.frequency, histories)
    orders = simulated_orders(model.frequency, histories, weeks, 1 - churn, draw)
    worth = simulated_worth(model.spending, histories, draw)
    value = orders * worth
    mean = value.mean(axis=0)
    churn_low, churn_high = churn_interval(model, histories, draw)
    low, high = np.quantile(value, (LOW, HIGH), axis=0)
    wait_low, wait, wait_high = (waits(model.frequency, histories, share) for share in (LOW, 0.5, HIGH))
    return Forecast(
        orders.mean(axis=0), mean, np.minimum(low, mean), np.maximum(high, mean), churn,
        np.minimum(churn_low, churn), np.maximum(churn_high, churn), wait, wait_low, wait_high,
    )  # fmt: skip


def alive_share(logs: Floats, h: Histories) -> Floats:
    """The probability that each is still a customer (equation 5 of Fader, Hardie & Lee 2008)."""
    r, alpha, a, b = np.exp(logs)
    ratio = (r + h.repeats) * np.log((alpha + h.age) / (alpha + h.last))
    odds = a / (b + np.maximum(h.repeats, 1) - 1) * np.exp(np.minimum(ratio, 700))
    found: Floats = np.where(h.repeats > 0, 1 / (1 + odds), 1.0)
    return found


def churn_interval(model: Lifetime, histories: Histories, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """From the uncertainty of the parameters; the likelihood was a mean, so its curvature counts n times."""
    spread = model.covariance / max(len(histories.age), 1)
    sampled = draw.multivariate_normal(model.frequency, spread, PARAMETER_DRAWS, method="eigh")
    shares = [1 - alive_share(np.clip(logs, -8, 8), histories) for logs in sampled]
    low, high = np.quantile(shares, (LOW, HIGH), axis=0)
    return low, high


def simulated_orders(
    logs: Floats, h: Histories, weeks: float, alive: Floats, draw: np.random.Generator
) -> Floats:
    """Orders of the coming weeks; shape (draws, buyers)."""
    r, alpha, a, b = np.exp(logs)
    size = (DRAWS, len(h.age))
    rate = draw.gamma(r + h.repeats, 1 / (alpha + h.age), size)
    leaving = np.clip(draw.beta(a, b + h.repeats, size), 1e-6, 1 - 1e-6)
    stays = draw.geometric(leaving)
    found: Floats = np.minimum(draw.poisson(rate * weeks), stays) * (draw.random(size) < alive)
    return found.astype(np.float64)


def simulated_worth(logs: Floats, h: Histories, draw: np.random.Generator) -> Floats:
    """The mean value of an order of each buyer; shape (draws, buyers)."""
    p, q, gamma = np.exp(logs)
    orders = h.repeats + 1
    scale = draw.gamma(
        p * orders + q, 1 / (gamma + orders * np.maximum(h.mean_value, 0)), (DRAWS, len(h.age))
    )
    found: Floats = p / np.maximum(scale, 1e-9)
    return found


def waits(logs: Floats, h: Histories, share: float) -> Floats:
    """Weeks within which this share of those still customers order again (Lomax quantile)."""
    r, alpha, _a, _b = np.exp(logs)
    found: Floats = (alpha + h.age) * ((1 - share) ** (-1 / (r + h.repeats)) - 1)
    return found
