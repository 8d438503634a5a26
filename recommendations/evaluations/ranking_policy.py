"""`manage.py evaluate ranking-policy`: our off-policy estimates on logs whose true answer is known.

Two policies served the same shop at once. What each would have earned is estimated from the other's log and
set beside what it did earn: the production estimators, on other people's data.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from recommendations.ml.metrics import bootstrap_interval
from recommendations.ml.offpolicy import LoggedRewards, effective_sample_size, estimates

Floats = npt.NDArray[np.float64]
COLUMNS = ["item_id", "position", "click", "propensity_score"]
# Clicks that every product starts with, at the rate of the whole log: a few hundred views say little alone.
PRIOR_VIEWS = 200.0
SHARPNESS = 1.5


@dataclass(frozen=True)
class Policy:
    """The chance of each product at each position; shape (positions, products), rows add up to one."""

    chances: Floats


@evaluation("ranking-policy")
def ranking_policy(folder: Path, options: dict[str, str]) -> Evaluation:
    """IPW, SNIPW and DR with effective sample sizes; the baseline is what the policy really earned."""
    random, learned = read_logs(folder, "random"), read_logs(folder, "bts")
    shape = shape_of([random, learned])
    even = Policy(np.full(shape, 1 / shape[1]))
    thompson = average_policy(learned, shape)
    first, second = random.iloc[::2], random.iloc[1::2]
    own = greedy_policy(first, shape)
    metrics = {
        **estimated("bts_from_random", random, thompson),
        **estimated("random_from_bts", learned, even),
        **estimated("learned_from_random", second, own),
        "bts/on_policy": on_policy(learned),
        "random/on_policy": on_policy(random),
    }
    truth = {"bts_from_random": learned.click.mean(), "random_from_bts": random.click.mean()}
    return Evaluation(
        dataset=folder.name,
        n=len(random) + len(learned),
        metrics=metrics,
        baselines={
            "on_policy": {
                f"{part}/{method}": float(value)
                for part, value in truth.items()
                for method in ("ipw", "snipw", "dr")
            }
        },
    )


def read_logs(folder: Path, name: str) -> pd.DataFrame:
    """All campaigns of one policy; products of different campaigns are different products."""
    parts = []
    for path in sorted(folder.glob(f"{name}_*.csv.gz")):
        part = pd.read_csv(path, usecols=COLUMNS)
        parts.append(part.assign(item_id=path.stem.partition("_")[2] + ":" + part.item_id.astype(str)))
    if not parts:
        raise FileNotFoundError(f"{folder} holds no {name}_*.csv.gz.")
    return pd.concat(parts, ignore_index=True)


def shape_of(logs: list[pd.DataFrame]) -> tuple[int, int]:
    """Numbers positions and products in place from 0, alike in all logs; how many there are."""
    items = {item: number for number, item in enumerate(sorted({i for log in logs for i in log.item_id}))}
    places = {place: number for number, place in enumerate(sorted({p for log in logs for p in log.position}))}
    for log in logs:
        log["item"], log["place"] = log.item_id.map(items), log.position.map(places)
    return len(places), len(items)


def average_policy(log: pd.DataFrame, shape: tuple[int, int]) -> Policy:
    """A policy that ignores who is looking, out of its logged chances: their mean by product and place."""
    means = log.groupby(["place", "item"]).propensity_score.mean()
    chances = np.zeros(shape)
    chances[tuple(np.array(list(means.index)).T)] = means.to_numpy()
    return Policy(chances / chances.sum(axis=1, keepdims=True))


def greedy_policy(log: pd.DataFrame, shape: tuple[int, int]) -> Policy:
    """A policy of our own: a softmax over shrunken click rates, learned on rows it is not judged by."""
    rates = click_rates(log, shape)
    odds = np.exp(SHARPNESS * (rates - rates.mean()) / max(rates.std(), 1e-12))
    return Policy(np.tile(odds / odds.sum(), (shape[0], 1)))


def click_rates(log: pd.DataFrame, shape: tuple[int, int]) -> Floats:
    """Of each product, drawn towards the rate of all."""
    views = np.bincount(log["item"], minlength=shape[1])
    clicks = np.bincount(log["item"], weights=log.click, minlength=shape[1])
    rates: Floats = (clicks + PRIOR_VIEWS * log.click.mean()) / (views + PRIOR_VIEWS)
    return rates


def estimated(part: str, log: pd.DataFrame, target: Policy) -> dict[str, Metric]:
    logged = logged_rewards(log, target)
    found = {
        f"{part}/{name}": Metric(each.value, each.low, each.high) for name, each in estimates(logged).items()
    }
    size = effective_sample_size(logged.weights)
    return {**found, f"{part}/effective_sample_size": Metric(size, size, size)}


def logged_rewards(log: pd.DataFrame, target: Policy) -> LoggedRewards:
    """The model behind DR learns each half of the log from the other: no row teaches what judges it."""
    place, item = log["place"].to_numpy(), log["item"].to_numpy()
    even = np.arange(len(log)) % 2 == 0
    rates = [click_rates(log[half], target.chances.shape) for half in (~even, even)]
    return LoggedRewards(
        rewards=log.click.to_numpy(np.float64),
        weights=target.chances[place, item] / log.propensity_score.to_numpy(np.float64),
        expected=np.where(even, rates[0][item], rates[1][item]),
        expected_of_target=np.where(
            even, (target.chances @ rates[0])[place], (target.chances @ rates[1])[place]
        ),
    )


def on_policy(log: pd.DataFrame) -> Metric:
    low, high = bootstrap_interval(log.click.tolist())
    return Metric(float(log.click.mean()), low, high)
