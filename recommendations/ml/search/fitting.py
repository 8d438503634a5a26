"""Fits the blend: logistic regression whose weights may only speak for a product, never against it."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from recommendations.ml.search.blend import Blend, Floats

RIDGE = 0.001
Example = tuple[Floats, Floats]


def fitted(examples: Sequence[Example]) -> Blend:
    """Least log loss over pairs of (features, labels 0 or 1), bounded by L-BFGS-B (Byrd et al., 1995).

    Every example weighs the same, however many candidates it had. Every feature is made so that more of it
    is better, so a negative weight could only be an accident of these examples.
    """
    features = np.concatenate([features for features, _ in examples])
    labels = np.concatenate([labels for _, labels in examples])
    shares = np.concatenate([np.full(len(each), 1.0 / (len(each) * len(examples))) for _, each in examples])
    means, scales = features.mean(axis=0), features.std(axis=0) + 1e-6
    rows = np.column_stack([(features - means) / scales, np.ones(len(labels))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = rows @ weights
        penalised = np.append(weights[:-1], 0.0)
        value = shares @ (np.logaddexp(0.0, margins) - labels * margins) + RIDGE * penalised @ penalised / 2
        return float(value), rows.T @ (shares * (expit(margins) - labels)) + RIDGE * penalised

    bounds = [(0.0, None)] * features.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return Blend(means, scales, np.asarray(found.x[:-1]), float(found.x[-1]))
