"""BG/NBD and Gamma-Gamma: what is known of simulated customers comes out again."""

import numpy as np

from profiles.ml.lifetime import Histories, fit_lifetime, forecast


def simulated(buyers: int, weeks: float) -> tuple[Histories, np.ndarray]:
    """Histories of `weeks` by the model's own story, and the orders of the 52 weeks after them."""
    draw = np.random.default_rng(1)
    rates, leaving = draw.gamma(1.5, 1 / 10, buyers), draw.beta(1.0, 6.0, buyers)
    repeats, last, later = (np.zeros(buyers) for _name in range(3))
    for buyer in range(buyers):
        at = 0.0
        while draw.random() > leaving[buyer] or at == 0.0:
            at += draw.exponential(1 / rates[buyer])
            if at > weeks + 52:
                break
            if at > weeks:
                later[buyer] += 1
            else:
                repeats[buyer], last[buyer] = repeats[buyer] + 1, at
    values = draw.gamma(20, 2.0, buyers)
    return Histories(repeats, last, np.full(buyers, weeks), values), later


def test_it_predicts_the_orders_of_the_next_year() -> None:
    histories, later = simulated(1500, 40.0)
    told = forecast(fit_lifetime(histories), histories)
    assert abs(told.orders.mean() / later.mean() - 1) < 0.15
    assert np.corrcoef(told.orders, later)[0, 1] > 0.5
    assert np.abs(told.orders - later).mean() < np.abs(histories.repeats * 52 / 40 - later).mean()


def test_it_gives_intervals_that_hold_their_value() -> None:
    histories, _later = simulated(300, 30.0)
    told = forecast(fit_lifetime(histories), histories)
    for low, value, high in (
        (told.value_low, told.value, told.value_high),
        (told.churn_low, told.churn, told.churn_high),
        (told.wait_low, told.wait, told.wait_high),
    ):
        assert (low <= value).all()
        assert (value <= high).all()
    assert ((told.churn >= 0) & (told.churn <= 1)).all()
