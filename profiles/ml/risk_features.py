"""What the past says about an order at the moment it comes in. Nothing here looks ahead.

Whether an order was fraud is learnt late: a label counts from `REPORT_DELAY_DAYS` after its order on, as
with chargebacks. Windows after Le Borgne et al., Reproducible Machine Learning for Credit Card Fraud
Detection (2022), chapter 3.
"""

import numpy as np
import pandas as pd

from profiles.ml.past import Codes, Floats, Past

REPORT_DELAY_DAYS = 7.0
WINDOWS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0}
# Rates of fraud begin as if so many orders at the shop's own rate had been seen before.
PRIOR_ORDERS = 3.0
NIGHT_ENDS = 6


def risk_features(orders: pd.DataFrame) -> pd.DataFrame:
    """One row per order, in their order. Columns in: `customer`, `place` (any keys), `day` (days since
    1970), `amount`, `fraud` (1, 0, or NaN where nobody knows).

    Only orders before an order speak of it; those of the same moment do not.
    """
    days, amount = (orders[name].to_numpy(np.float64) for name in ("day", "amount"))
    customers, places = coded(orders["customer"]), coded(orders["place"])
    pairs = coded(pd.Series(customers * (places.max() + 1) + places))
    columns = clock(days) | {"amount": amount, "log_amount": np.log1p(np.maximum(amount, 0))}
    for name, codes in (("customer", customers), ("place", places)):
        past = Past.of(codes, days)
        columns |= prefixed(name, velocity(past, amount))
        columns |= prefixed(name, compared(past, amount))
        columns |= prefixed(name, reputation(past, orders["fraud"].to_numpy(np.float64)))
    columns |= acquaintance(pairs, customers, places, days)
    return pd.DataFrame(columns, index=orders.index)


def coded(keys: pd.Series) -> Codes:
    found: Codes = pd.factorize(keys)[0].astype(np.int64)
    return found


def prefixed(name: str, columns: dict[str, Floats]) -> dict[str, Floats]:
    return {f"{name}_{key}": values for key, values in columns.items()}


def clock(days: Floats) -> dict[str, Floats]:
    hour = (days % 1) * 24
    weekday = (np.floor(days) + 3) % 7  # day 0 was a Thursday; Monday is 0
    return {
        "hour": hour,
        "is_night": (hour < NIGHT_ENDS).astype(float),
        "is_weekend": (weekday >= 5).astype(float),
    }


def velocity(past: Past, amount: Floats) -> dict[str, Floats]:
    """How many orders, and how much money, just before this one."""
    ones = np.ones(len(amount))
    counts = {f"orders_{name}": past.total(ones, days=days) for name, days in WINDOWS.items()}
    sums = {f"spent_{name}": past.total(amount, days=days) for name, days in WINDOWS.items()}
    known = {"orders_ever": past.total(ones), "age": past.age(), "since_last": past.since_last()}
    return counts | sums | known


def compared(past: Past, amount: Floats) -> dict[str, Floats]:
    """The amount against what was usual before, in multiples and in standard deviations."""
    ones, found = np.ones(len(amount)), {}
    for name, days in (("week", 7.0), ("month", 30.0), ("ever", 1e6)):
        count = past.total(ones, days=days)
        mean = np.divide(
            past.total(amount, days=days), count, out=np.full(len(amount), np.nan), where=count > 0
        )
        found[f"mean_{name}"], found[f"times_mean_{name}"] = mean, amount / np.maximum(mean, 0.01)
    square = ratio(past.total(amount**2), np.where(count > 1, count, 0))
    spread = np.sqrt(np.maximum(square - mean**2, 0))
    return found | {"deviation": (amount - mean) / np.maximum(spread, 0.05 * np.abs(mean) + 0.01)}


def ratio(total: Floats, count: Floats) -> Floats:
    """NaN where there is nothing to divide by."""
    found: Floats = np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
    return found


def reputation(past: Past, fraud: Floats) -> dict[str, Floats]:
    """Reported fraud of the key, as a count and as a rate that a few orders cannot move far."""
    is_known, is_fraud = (~np.isnan(fraud)).astype(float), np.nan_to_num(fraud)
    shop = Past.of(np.zeros(len(fraud), np.int64), past.days)
    usual = shop.total(is_fraud, delay=REPORT_DELAY_DAYS) / np.maximum(
        shop.total(is_known, delay=REPORT_DELAY_DAYS), 1
    )
    found = {}
    for name, days in (("day", 1.0), ("week", 7.0), ("month", 30.0), ("ever", 1e6)):
        frauds = past.total(is_fraud, days=days, delay=REPORT_DELAY_DAYS)
        known = past.total(is_known, days=days, delay=REPORT_DELAY_DAYS)
        found[f"frauds_{name}"] = frauds
        found[f"fraud_rate_{name}"] = (frauds + PRIOR_ORDERS * usual) / (known + PRIOR_ORDERS)
    return found


def acquaintance(pairs: Codes, customers: Codes, places: Codes, days: Floats) -> dict[str, Floats]:
    """Whether this customer was at this place before; how many strangers came to the place, and the other
    way round."""
    ones = np.ones(len(days))
    met = Past.of(pairs, days).total(ones)
    is_first = (met == 0).astype(float)
    at_place, of_customer = Past.of(places, days), Past.of(customers, days)
    columns = {"pair_orders": met, "is_first_pair": is_first}
    for name, window in (*WINDOWS.items(), ("ever", 1e6)):
        columns[f"customers_of_place_{name}"] = at_place.total(is_first, days=window)
        columns[f"places_of_customer_{name}"] = of_customer.total(is_first, days=window)
    return columns
