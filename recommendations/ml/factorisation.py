"""Biased factorisation whose factors start from text, so that a new product or shopper has some on day one.

r_ui = b_u + b_i + q_i·p_u, the logarithm of how often customer u is expected to buy product i (Poisson).
Given the rest, the best b_u is known in closed form, and what remains is a softmax over the catalogue for
each customer: a ranking loss (Liang et al. 2018, "Variational Autoencoders for Collaborative Filtering").

    q_i = t_i A + d_i      b_i = t_i·a + e_i      p_u = s_u C + g_u

t_i is a product's text vector, s_u the mean of a history's. A and C start as the principal axes of the texts.
d, e and g are shrunk, and left out for some products and customers at each step, so that the texts learn to
do without (Volkovs et al. 2017, "DropoutNet"). Torch; on the GPU where there is one.
"""

from dataclasses import dataclass

import numpy as np
import torch

from recommendations.ml.interactions import Floats, Ints, Sparse
from recommendations.ml.item_models import unit_rows

FACTORS = 64
EPOCHS = 12
BATCH = 512
LEARNING_RATE = 0.015
SHRINKAGE = 3e-6
LEFT_OUT = 0.3
SOFTMAX_WIDTH = 20_000  # products at most in one softmax; of a larger catalogue others are drawn each time


@dataclass(frozen=True)
class Factors:
    """What was learned, and the mean loss of the last pass (nats for each purchase)."""

    products: Floats  # n_items × FACTORS
    biases: Floats
    customers: Floats  # n_customers × FACTORS
    text_to_product: Floats
    text_to_bias: Floats
    text_to_customer: Floats
    loss: float

    def scores(self, customers: Ints) -> Floats:
        """Customers by items, without b_u, which changes no order."""
        found: Floats = self.customers[customers] @ self.products.T + self.biases
        return found

    def newcomers(self, vectors: Floats) -> tuple[Floats, Floats]:
        """Factors and biases of products that nobody bought yet, from their texts alone."""
        return vectors @ self.text_to_product, vectors @ self.text_to_bias


@dataclass(frozen=True)
class Chosen:
    """Customers or products of one step; where `kept` is 0 they do without what is their own."""

    rows: torch.Tensor | slice
    kept: torch.Tensor  # a column

    @classmethod
    def drawn(cls, rows: Ints, *, among: int, rng: np.random.Generator, device: torch.device) -> "Chosen":
        """All of them in their order need not be looked up."""
        kept = (rng.random(len(rows)) >= LEFT_OUT).astype(np.float32)
        is_whole = len(rows) == among and bool((rows == np.arange(among)).all())
        chosen = slice(None) if is_whole else torch.from_numpy(rows).to(device)
        return cls(chosen, torch.from_numpy(kept).to(device)[:, None])


class Model(torch.nn.Module):
    """The parameters above, a product's bias as the last of its factors; rows are asked for by position."""

    def __init__(self, texts: torch.Tensor, tastes: torch.Tensor, n_factors: int) -> None:
        super().__init__()
        self.texts, self.tastes = texts, tastes
        scaled = principal_axes(texts, n_factors) * n_factors**0.5
        no_bias = torch.zeros(texts.shape[1], 1, device=texts.device)
        self.product_map = torch.nn.Parameter(torch.cat([scaled, no_bias], dim=1))
        self.customer_map = torch.nn.Parameter(scaled)
        self.product_own = torch.nn.Parameter(torch.zeros(len(texts), n_factors + 1, device=texts.device))
        self.customer_own = torch.nn.Parameter(torch.zeros(len(tastes), n_factors, device=texts.device))

    def forward(self, customers: "Chosen", items: "Chosen") -> torch.Tensor:
        """Logits of the customers for the products."""
        who, what = customers.rows, items.rows
        people = self.tastes[who] @ self.customer_map + customers.kept * self.customer_own[who]
        products = self.texts[what] @ self.product_map + items.kept * self.product_own[what]
        logits: torch.Tensor = torch.nn.functional.pad(people, (0, 1), value=1.0) @ products.T
        return logits

    def own_parts(self) -> tuple[torch.Tensor, torch.Tensor]:
        return self.product_own, self.customer_own


def principal_axes(texts: torch.Tensor, n_factors: int) -> torch.Tensor:
    """Columns: the directions in which the texts differ most; found on the CPU, the same on every device."""
    rows = texts.detach().cpu().double()
    _, axes = torch.linalg.eigh(rows.T @ rows)
    found: torch.Tensor = axes[:, -n_factors:].float().contiguous().to(texts.device)
    return found


def best_device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def factorise(
    rows: Sparse, vectors: Floats, *, device: str | None = None, epochs: int = EPOCHS, seed: int = 0
) -> Factors:
    """Fit to customers by items, texts as unit rows; the same numbers on every device but for rounding."""
    chosen, rng = torch.device(device or best_device()), np.random.default_rng(seed)
    texts = torch.from_numpy(vectors).to(chosen)
    tastes = torch.from_numpy(text_means(rows, vectors)).to(chosen)
    model = Model(texts, tastes, min(FACTORS, vectors.shape[1]))
    optimiser = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, fused=True)
    losses = [train_epoch(model, optimiser, rows, rng) for _ in range(epochs)]
    return factors_of(model, loss=losses[-1] if losses else float("nan"))


def text_means(rows: Sparse, vectors: Floats) -> Floats:
    """What each customer's history is about: unit rows, zero for an empty one."""
    means = unit_rows(rows) @ vectors
    norms = np.linalg.norm(means, axis=1, keepdims=True)
    unit: Floats = (means / np.maximum(norms, 1e-9)).astype(np.float32)
    return unit


def train_epoch(
    model: Model, optimiser: torch.optim.Optimizer, rows: Sparse, rng: np.random.Generator
) -> float:
    """One pass over the customers with a history; the mean loss for each unit of strength."""
    order = rng.permutation(np.flatnonzero(np.diff(rows.indptr)))
    total, weight = 0.0, 0.0
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        optimiser.zero_grad()
        loss, strength = learn_batch(model, rows[chosen], chosen, rng)
        optimiser.step()
        total, weight = total + loss, weight + strength
    return total / max(weight, 1e-9)


def learn_batch(model: Model, rows: Sparse, customers: Ints, rng: np.random.Generator) -> tuple[float, float]:
    """Gradients of these customers' negative log-likelihood; returns it, and how much they bought."""
    device, pairs = model.texts.device, rows.tocoo()
    items = softmax_items(pairs.col, rows.shape[1], rng)
    who = Chosen.drawn(customers, among=len(model.tastes), rng=rng, device=device)
    logits = model(who, Chosen.drawn(items, among=len(model.texts), rng=rng, device=device))
    places = torch.from_numpy(np.stack([pairs.row, np.searchsorted(items, pairs.col)])).long().to(device)
    loss, slope = softmax_loss(logits.detach(), places, torch.from_numpy(pairs.data).to(device))
    strength = float(pairs.data.sum())
    shrinkage = SHRINKAGE * torch.stack([(part**2).sum() for part in model.own_parts()]).sum()
    torch.autograd.backward([logits, shrinkage], [slope.div_(strength), None])
    return loss.item(), strength


def softmax_loss(
    logits: torch.Tensor, places: torch.Tensor, strengths: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Negative log-likelihood of what stands at `places` (rows, columns), and its slope, in the same memory.

    Written out: automatic differentiation passes over the large matrix twice as often.
    """
    row_strengths = torch.zeros(len(logits), 1, device=logits.device).index_add_(
        0, places[0], strengths[:, None]
    )
    told, highest = logits[places[0], places[1]], logits.amax(dim=1, keepdim=True)
    shares = logits.sub_(highest).exp_()
    totals = shares.sum(dim=1, keepdim=True)
    loss = (row_strengths * (totals.log() + highest)).sum() - (strengths * told).sum()
    slope = shares.mul_(row_strengths / totals)
    slope[places[0], places[1]] -= strengths
    return loss, slope


def softmax_items(bought: Ints, n_items: int, rng: np.random.Generator) -> Ints:
    """Every product; of a large catalogue what was bought and as many others as fit."""
    if n_items <= SOFTMAX_WIDTH:
        return np.arange(n_items)
    others = rng.choice(n_items, size=SOFTMAX_WIDTH, replace=False)
    return np.union1d(bought, others)


@torch.no_grad()
def factors_of(model: Model, *, loss: float) -> Factors:
    products, maps = model.texts @ model.product_map + model.product_own, model.product_map
    arrays = {
        "products": products[:, :-1],
        "biases": products[:, -1],
        "customers": model.tastes @ model.customer_map + model.customer_own,
        "text_to_product": maps[:, :-1],
        "text_to_bias": maps[:, -1],
        "text_to_customer": model.customer_map,
    }
    return Factors(**{name: tensor.contiguous().cpu().numpy() for name, tensor in arrays.items()}, loss=loss)
