"""The ranker: gradient-boosted trees under LambdaMART's loss, and what each group of facts adds to a score.

Burges 2010, "From RankNet to LambdaRank to LambdaMART". Contributions follow the path of a row through each
tree (Saabas 2014): the change of the node's value belongs to the feature that was asked. They add up to the
score exactly, and cost one table look-up for each tree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from recommendations.ml.features import FEATURES, GROUPS
from recommendations.ml.interactions import Bools, Floats, Ints

ROUNDS = 200
NEGATIVES_PER_POSITIVE = 10
IS_BOUGHT = list(FEATURES).index("is_bought")
GROUP_OF_COLUMN = tuple(FEATURES.values())
PARAMETERS: dict[str, Any] = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 30,
    "num_leaves": 31,
    "learning_rate": 0.07,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "force_row_wise": True,
    "seed": 1,
    "num_threads": 2,
    "verbose": -1,
}


@dataclass(frozen=True)
class Examples:
    """Products in question, a block of rows for each list: features, how much each was wanted, block lengths.

    A list is what came into question for a customer, 1 where it was bought; or what they were shown, in
    `places` from 1 (0: in no place).
    """

    rows: Floats
    labels: Ints
    sizes: Ints
    places: Ints

    @property
    def positives(self) -> int:
        return int(self.labels.sum())


def joined(parts: Sequence[Examples]) -> Examples:
    return Examples(
        rows=np.concatenate([part.rows for part in parts]),
        labels=np.concatenate([part.labels for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        places=np.concatenate([part.places for part in parts]),
    )


def no_examples() -> Examples:
    none = np.zeros(0, np.int64)
    return Examples(np.zeros((0, len(FEATURES)), np.float32), none, none, none)


@dataclass(frozen=True)
class Ranker:
    """A trained ranker as LightGBM's own text."""

    text: str

    @cached_property
    def booster(self) -> Any:
        import lightgbm  # pages import this module, and rank by what is stored

        return lightgbm.Booster(model_str=self.text)

    @cached_property
    def tables(self) -> list[Floats]:
        """For each tree: leaves by GROUPS, what the path to the leaf added."""
        return [path_table(tree["tree_structure"]) for tree in self.booster.dump_model()["tree_info"]]

    @classmethod
    def trained(cls, examples: Examples, *, shown: Examples | None = None, rounds: int = ROUNDS) -> Self:
        """Fit on customers who bought at least one candidate; the others say nothing about order.

        Each customer teaches two lists: everything, and only what was new to them. In the first alone, what
        is bought again fills the top, which the loss looks at most. `shown`: lists with what was chosen of
        them; how much a place helps is learned beside the trees and left out of the scores.
        """
        import lightgbm

        sample = thinned(examples)
        chosen = joined([informative(sample), informative(only_new(sample)), shown or no_examples()])
        data = lightgbm.Dataset(
            chosen.rows,
            chosen.labels,
            group=chosen.sizes,
            position=chosen.places if chosen.places.any() else None,
            feature_name=list(FEATURES),
            free_raw_data=True,
        )
        return cls(text=lightgbm.train(PARAMETERS, data, rounds).model_to_string())

    def scores(self, rows: Floats) -> Floats:
        """One score for each row; comparable within one customer."""
        found: Floats = self.booster.predict(rows, num_threads=2)
        return found

    def contributions(self, rows: Floats) -> Floats:
        """Rows by GROUPS; each row adds up to its score."""
        leaves = self.booster.predict(rows, pred_leaf=True, num_threads=2).reshape(len(rows), -1)
        added = np.zeros((len(rows), len(GROUPS)))
        for table, reached in zip(self.tables, leaves.T, strict=True):
            added += table[reached]
        return added.astype(np.float32)


def informative(examples: Examples) -> Examples:
    """Without the blocks that hold no purchase."""
    blocks = np.repeat(np.arange(len(examples.sizes)), examples.sizes)
    bought = np.bincount(blocks, weights=examples.labels, minlength=len(examples.sizes)) > 0
    kept = bought[blocks]
    return Examples(examples.rows[kept], examples.labels[kept], examples.sizes[bought], examples.places[kept])


def thinned(examples: Examples, *, seed: int = 0) -> Examples:
    """All that was bought, and of the rest at random as much as teaches anything.

    New and known products alike: a sample that spared the known ones would teach that they are seldom bought.
    """
    share = NEGATIVES_PER_POSITIVE * examples.positives / max(len(examples.labels) - examples.positives, 1)
    drawn = np.random.default_rng(seed).random(len(examples.labels)) < share
    return kept_rows(examples, drawn | (examples.labels > 0))


def only_new(examples: Examples) -> Examples:
    """The same blocks without what the customer had bought before."""
    return kept_rows(examples, examples.rows[:, IS_BOUGHT] == 0)


def kept_rows(examples: Examples, kept: Bools) -> Examples:
    blocks = np.repeat(np.arange(len(examples.sizes)), examples.sizes)
    sizes = np.bincount(blocks[kept], minlength=len(examples.sizes))
    return Examples(examples.rows[kept], examples.labels[kept], sizes, examples.places[kept])


def path_table(root: dict[str, Any]) -> Floats:
    """Leaves by GROUPS: the differences of node values on the way down, the root's value under "base"."""
    base = np.zeros(len(GROUPS))
    base[GROUPS.index("base")] = node_value(root)
    paths = dict(leaf_paths(root, base))
    return np.stack([paths[leaf] for leaf in range(len(paths))])


def leaf_paths(node: dict[str, Any], added: Any) -> Iterator[tuple[int, Any]]:
    """Each leaf below the node and what the whole path to it added, given what the path to the node did."""
    if "split_feature" not in node:
        yield node.get("leaf_index", 0), added
        return
    group = GROUPS.index(GROUP_OF_COLUMN[node["split_feature"]])
    for side in ("left_child", "right_child"):
        below = added.copy()
        below[group] += node_value(node[side]) - node_value(node)
        yield from leaf_paths(node[side], below)


def node_value(node: dict[str, Any]) -> float:
    return float(node["internal_value"] if "split_feature" in node else node["leaf_value"])
