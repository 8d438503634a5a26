"""Which product goes with which: a linear item model, baskets, and the order in which things are bought."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from recommendations.ml.interactions import Floats, Histories, Interactions, Ints, Sparse, basket_matrix

REGULARISATION = 300.0
LARGEST_DENSE = 10_000  # products: the inverse takes n² floats and n³ steps
NEIGHBOURS = 200
NEXT_WITHIN_DAYS = 60.0
SHRINKAGE = 5.0


@dataclass(frozen=True)
class ItemWeights:
    """EASE (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): a ridge regression of every
    product on all the others, solved at once. `inverse` is that of the regularised Gram matrix.
    """

    inverse: Floats

    def scores(self, rows: Sparse) -> Floats:
        """Customers by items; a product never speaks for itself."""
        spread = rows @ self.inverse
        diagonal = np.diag(self.inverse)
        own = rows.toarray()
        found: Floats = own - spread / diagonal
        return found

    def neighbours(self) -> Floats:
        """Items by items: how much having the row speaks for the column."""
        found: Floats = -self.inverse / np.diag(self.inverse)
        np.fill_diagonal(found, 0)
        return found


def item_weights(rows: Sparse, *, regularisation: float = REGULARISATION) -> ItemWeights:
    """Fit to customers by items; single precision, the Cholesky factor inverted in place."""
    from scipy.linalg import lapack  # pages import this module, and fit nothing

    gram = (rows.T @ rows).toarray().astype(np.float32, order="F")
    gram[np.diag_indices_from(gram)] += regularisation
    factor, _ = lapack.spotrf(gram, lower=1, overwrite_a=1)
    inverse, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
    return ItemWeights(inverse=mirrored(inverse).T)


def mirrored(lower: Floats, *, block: int = 256) -> Floats:
    """The symmetric matrix whose lower triangle this is, in its memory; block by block, as caches like it."""
    for begin in range(0, len(lower), block):
        end = begin + block
        corner = np.tril(lower[begin:end, begin:end])
        lower[begin:end, begin:end] = corner + np.tril(corner, -1).T
        lower[begin:end, end:] = lower[end:, begin:end].T
    return lower


def basket_similarity(purchases: Interactions) -> Sparse:
    """Items by items: cosine over baskets, each basket weighed down by its length; nothing with itself."""
    baskets = basket_matrix(purchases)
    weighed = row_scaled(baskets, row_sums(baskets) ** -0.5)
    norms = np.asarray(weighed.multiply(weighed).sum(axis=0)).ravel()
    unit = (weighed @ sp.diags(1 / np.sqrt(norms + 0.05))).tocsr().astype(np.float32)
    return strongest(without_diagonal(unit.T @ unit))


def next_order_similarity(purchases: Interactions) -> Sparse:
    """Items by items: how often the second is in the order that follows one with the first."""
    baskets = basket_matrix(purchases.known)
    firsts, seconds = consecutive_baskets(purchases.known)
    earlier, later = baskets[firsts], baskets[seconds]
    spread = (unit_rows(earlier).T @ unit_rows(later)).tocsr()
    left = (column_sums(earlier) + SHRINKAGE) ** -0.5
    right = (column_sums(later) + SHRINKAGE) ** -0.5
    return strongest(row_scaled(spread, left) @ sp.diags(right.astype(np.float32)))


def consecutive_baskets(purchases: Interactions) -> tuple[Ints, Ints]:
    """Rows of `basket_matrix` of each order and of the one that its customer placed next, not long after."""
    _, starts = np.unique(purchases.baskets, return_index=True)
    customers, days = purchases.customers[starts], purchases.days[starts]
    order = np.lexsort((np.arange(len(starts)), days, customers))
    first, second = order[:-1], order[1:]
    follows = (customers[first] == customers[second]) & (days[second] - days[first] <= NEXT_WITHIN_DAYS)
    return first[follows], second[follows]


@dataclass(frozen=True)
class Association:
    """Of each pair of products that shared baskets: in how many, with what confidence and lift (CSR)."""

    indptr: Ints
    indices: Ints
    supports: Ints
    confidences: Floats
    lifts: Floats


def associations(purchases: Interactions, *, least_support: int, least_lift: float) -> Association:
    """Rules "who buys the row buys the column" over baskets (Agrawal & Srikant 1994), guests' among them."""
    baskets = basket_matrix(purchases)
    together = without_diagonal(baskets.T @ baskets).tocoo()
    sizes = column_sums(baskets)
    confidences = together.data / np.maximum(sizes[together.row], 1)
    lifts = confidences / np.maximum(sizes[together.col] / max(baskets.shape[0], 1), 1e-12)
    kept = (together.data >= least_support) & (lifts >= least_lift)
    return Association(
        indptr=np.concatenate([[0], np.cumsum(np.bincount(together.row[kept], minlength=len(sizes)))]),
        indices=together.col[kept].astype(np.int64),
        supports=together.data[kept].astype(np.int64),
        confidences=confidences[kept].astype(np.float32),
        lifts=lifts[kept].astype(np.float32),
    )


def customer_similarity(rows: Histories, half_life_days: float) -> Sparse:
    """Items by items: cosine over customers' recent histories; the sparse model of large catalogues."""
    recent = rows.recent(half_life_days)
    norms = np.asarray(recent.multiply(recent).sum(axis=0)).ravel()
    unit = (recent @ sp.diags(1 / np.sqrt(norms + 0.5))).tocsr().astype(np.float32)
    return strongest(without_diagonal(unit.T @ unit))


def strongest(matrix: Sparse, limit: int = NEIGHBOURS) -> Sparse:
    """Each row's largest values; what is rare and weak is mostly chance, and memory stays linear."""
    matrix = matrix.tocsr().astype(np.float32)
    kept = np.ones(matrix.nnz, np.bool_)
    for row in np.flatnonzero(np.diff(matrix.indptr) > limit):
        begin, end = matrix.indptr[row], matrix.indptr[row + 1]
        most = end - begin - limit
        kept[begin + np.argpartition(matrix.data[begin:end], most)[:most]] = False
    starts = np.concatenate([[0], np.cumsum(kept)])[matrix.indptr]
    return sp.csr_matrix((matrix.data[kept], matrix.indices[kept], starts), shape=matrix.shape)


def without_diagonal(matrix: Sparse) -> Sparse:
    found = matrix.tocsr()
    found.data[found.indices == np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))] = 0
    found.eliminate_zeros()
    return found


def unit_rows(matrix: Sparse) -> Sparse:
    """Rows of length one; empty rows stay empty."""
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return row_scaled(matrix, 1 / np.maximum(norms, 1e-9))


def row_scaled(matrix: Sparse, factors: Floats) -> Sparse:
    return (sp.diags(factors.astype(np.float32)) @ matrix).tocsr()


def row_sums(matrix: Sparse) -> Floats:
    sums: Floats = np.maximum(np.asarray(matrix.sum(axis=1)).ravel(), 1e-9)
    return sums


def column_sums(matrix: Sparse) -> Floats:
    sums: Floats = np.asarray(matrix.sum(axis=0)).ravel()
    return sums
