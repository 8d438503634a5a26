"""One step of training a causal model: precision, loss, optimiser. Torch and transformers, no Django."""

import math
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

import torch
from torch.nn.functional import cross_entropy
from transformers import GPT2Config, GPT2LMHeadModel

from ecommerce_ai.inference.backends.devices import processor_flags
from ecommerce_ai.inference.training_plan import TrainingPlan, WriterShape

MULTIPLE = 64  # matrix units want it: rows of the embedding beyond the vocabulary are never asked for
LOWEST_RATE = 0.1  # of the highest, at the last step
Loss = Callable[[torch.Tensor, torch.Tensor, torch.Tensor | None], torch.Tensor]


def new_gpt2(shape: WriterShape, *, dropout: float, end: int | None = None, attention: str = "sdpa") -> Any:
    """A GPT-2 with fresh weights; `end` is the token that ends a text."""
    config = GPT2Config(
        vocab_size=-(-shape.vocabulary // MULTIPLE) * MULTIPLE,
        n_positions=shape.context,
        n_embd=shape.width,
        n_layer=shape.layers,
        n_head=shape.heads,
        resid_pdrop=dropout,
        embd_pdrop=dropout,
        attn_pdrop=dropout,
        activation_function="gelu_pytorch_tanh",  # GPT-2's own function, in one kernel
        bos_token_id=end,
        eos_token_id=end,
    )
    config._attn_implementation = attention
    return GPT2LMHeadModel(config)


def in_low_precision(device: torch.device) -> AbstractContextManager[Any]:
    """Matrix products in bfloat16 on a GPU and where the processor has AMX; float32 elsewhere."""
    if device.type == "cuda" or "amx_bf16" in processor_flags():
        return torch.autocast(device.type, dtype=torch.bfloat16)
    return nullcontext()


def next_token_loss(model: Any) -> Loss:
    """Mean nats of the targets that are there, of (ids, targets, positions of each token in its document)."""

    def loss(ids: torch.Tensor, targets: torch.Tensor, positions: torch.Tensor | None) -> torch.Tensor:
        logits = model(input_ids=ids, position_ids=positions, use_cache=False).logits
        return cross_entropy(logits.flatten(0, 1).float(), targets.flatten())

    return loss


def optimiser_of(model: torch.nn.Module, plan: TrainingPlan) -> torch.optim.AdamW:
    """AdamW, fused where the device can; biases and norms are not shrunk."""
    parameters = list(trained(model))
    groups = [
        {"params": [each for each in parameters if each.ndim > 1], "weight_decay": plan.weight_decay},
        {"params": [each for each in parameters if each.ndim < 2], "weight_decay": 0.0},
    ]
    is_fused = parameters[0].device.type == "cuda"
    return torch.optim.AdamW(groups, lr=plan.learning_rate, betas=(0.9, 0.95), fused=is_fused)


def trained(model: torch.nn.Module) -> Iterator[torch.nn.Parameter]:
    return (each for each in model.parameters() if each.requires_grad)


def learning_rate(step: int, plan: TrainingPlan) -> float:
    """Up in a line, then down along half a cosine: a function of the step, so a resumed run needs no more."""
    if step < plan.warm_up_steps:
        return plan.learning_rate * (step + 1) / plan.warm_up_steps
    left = 1 - (step - plan.warm_up_steps) / max(1, plan.steps - plan.warm_up_steps)
    return plan.learning_rate * (LOWEST_RATE + (1 - LOWEST_RATE) * (1 - math.cos(math.pi * left)) / 2)


def train_step(
    loss: Loss,
    optimiser: torch.optim.Optimizer,
    batch: tuple[torch.Tensor, torch.Tensor, torch.Tensor | None],
    *,
    rate: float,
    gradient_norm: float,
) -> torch.Tensor:
    """One batch (ids, targets, positions); its loss, still on the device."""
    for group in optimiser.param_groups:
        group["lr"] = rate
    with in_low_precision(batch[0].device):
        found = loss(*batch)
    cast(Any, found).backward()
    parameters = [each for group in optimiser.param_groups for each in group["params"]]
    torch.nn.utils.clip_grad_norm_(parameters, gradient_norm, foreach=True)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    return found.detach()
