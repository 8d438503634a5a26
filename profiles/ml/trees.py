"""Boosted trees as arrays: to serve them takes numpy; LightGBM, which learns them, takes a second to load."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from lightgbm import Booster

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Trees:
    """A row for each tree, a column for each inner node: `value <= threshold` goes `left`, else `right`.

    A child below 0 is the leaf `-1 - child`. No value may be missing. All arrays but `leaves` have one shape.
    """

    features: Ints
    thresholds: Floats
    left: Ints
    right: Ints
    leaves: Floats

    def raw_scores(self, matrix: Floats) -> Floats:
        """The sum of every tree's leaf: logits, shape (rows,)."""
        parts = [matrix[begin : begin + ROWS_AT_ONCE] for begin in range(0, len(matrix), ROWS_AT_ONCE)]
        return np.concatenate([self.scores_of(part) for part in parts]) if parts else np.zeros(0)

    def scores_of(self, matrix: Floats) -> Floats:
        rows, trees = np.arange(len(matrix))[:, None], np.arange(len(self.features))[None, :]
        node = np.zeros((len(matrix), len(self.features)), np.int64)
        while (is_inner := node >= 0).any():
            at = np.maximum(node, 0)
            goes_left = matrix[rows, self.features[trees, at]] <= self.thresholds[trees, at]
            child = np.where(goes_left, self.left[trees, at], self.right[trees, at])
            node = np.where(is_inner, child, node)
        scores: Floats = self.leaves[trees, -1 - node].sum(axis=1)
        return scores

    @classmethod
    def of_booster(cls, booster: "Booster") -> "Trees":
        """Of numeric splits without missing values; raises ValueError for others."""
        structures = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
        tables = [table_of(structure) for structure in structures]
        return cls(*(padded([table[part] for table in tables]) for part in range(5)))

    @classmethod
    def of_arrays(cls, kept: Mapping[str, Any]) -> "Trees":
        return cls(*(kept[f"tree_{name}"] for name in cls.__dataclass_fields__))

    def arrays(self) -> dict[str, Any]:
        return {f"tree_{name}": values for name, values in vars(self).items()}


Table = tuple[list[int], list[float], list[int], list[int], list[float]]


def table_of(structure: Mapping[str, Any]) -> Table:
    """The columns of one tree; a tree that is one leaf gets a split whose sides both lead there."""
    if "split_index" not in structure:
        return [0], [0.0], [-1], [-1], [float(structure["leaf_value"])]
    nodes: dict[int, Mapping[str, Any]] = {}
    leaves: dict[int, float] = {}
    waiting = [structure]
    while waiting:
        node = waiting.pop()
        if "split_index" not in node:
            leaves[node["leaf_index"]] = float(node["leaf_value"])
            continue
        if node["decision_type"] != "<=" or node["missing_type"] != "None":
            raise ValueError(f"A split by {node['decision_type']} with missing values is not known here.")
        nodes[node["split_index"]] = node
        waiting += [node["left_child"], node["right_child"]]
    ordered = [nodes[index] for index in range(len(nodes))]
    return (
        [node["split_feature"] for node in ordered],
        [node["threshold"] for node in ordered],
        [place_of(node["left_child"]) for node in ordered],
        [place_of(node["right_child"]) for node in ordered],
        [leaves[index] for index in range(len(leaves))],
    )


def place_of(node: Mapping[str, Any]) -> int:
    return int(node["split_index"]) if "split_index" in node else -1 - int(node["leaf_index"])


def padded(rows: list[Any]) -> Any:
    """One array; short rows end in zeros that nothing points at."""
    width = max(map(len, rows))
    kind = np.float64 if isinstance(rows[0][0], float) else np.int64
    return np.array([[*row, *[0] * (width - len(row))] for row in rows], kind)
