"""How fast a GPT-2 is trained here, and which share that is of the device's rate of matrix products.

Operations are counted as by Chowdhery et al. 2022 ("PaLM", appendix B): 6N + 12LHQT for each token. N is
every parameter but the positions' (the embedding is the output layer too); recomputing does not count.
Torch and transformers alone, so that it runs where no shop is set up.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import scaled_dot_product_attention
from transformers import AttentionInterface

from ecommerce_ai.inference.backends.devices import choose_device
from ecommerce_ai.inference.backends.writer_steps import (
    Loss,
    new_gpt2,
    next_token_loss,
    optimiser_of,
    train_step,
)
from ecommerce_ai.inference.training_plan import TrainingPlan, WriterShape

MEDIUM = WriterShape(layers=24, width=1024, heads=16, context=1024, vocabulary=50_257)
SMALL = WriterShape()
MATRIX_ROWS = {"cuda": 8192, "cpu": 1024}
STEPS, WARM_UP = {"cuda": 20, "cpu": 3}, {"cuda": 5, "cpu": 1}
ROWS_ON_CPU = 8
ACTIVATIONS = 48  # bytes kept for the backward pass, for each token, layer and unit of width
LOGITS = 12  # bytes for each token and word of the vocabulary
WAYS = {  # compiled, kernels of attention in order of preference
    "eager": (False, [SDPBackend.FLASH_ATTENTION]),
    "compiled": (True, [SDPBackend.FLASH_ATTENTION]),
    "compiled, cuDNN attention": (True, [SDPBackend.CUDNN_ATTENTION, SDPBackend.FLASH_ATTENTION]),
}


@dataclass(frozen=True)
class TrainingSpeed:
    """`share` of `matrix_tflops`, which was measured in the same run; `seconds` is the median step."""

    device: str
    way: str
    rows: int
    tokens_per_s: float
    seconds: float
    model_tflops: float
    matrix_tflops: float
    share: float
    memory_gib: float
    loss: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def causal_attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    _mask: torch.Tensor | None,
    **options: Any,
) -> tuple[torch.Tensor, None]:
    """For blocks of one text each: without a mask, which while compiling would shut out the fast kernels."""
    found = scaled_dot_product_attention(
        query, key, value, dropout_p=options.get("dropout", 0.0), is_causal=True, scale=options.get("scaling")
    )
    return found.transpose(1, 2).contiguous(), None


AttentionInterface.register("causal", causal_attention)


def operations_per_token(shape: WriterShape, parameters: int) -> float:
    """Forward and backward, as above; `parameters` without the positions'."""
    return 6 * parameters + 12 * shape.layers * shape.width * shape.context


def parameters_of(shape: WriterShape) -> int:
    """Of a GPT-2 of this shape, without the positions' and without what rounds the vocabulary up."""
    block = 12 * shape.width**2 + 13 * shape.width
    return shape.vocabulary * shape.width + shape.layers * block + 2 * shape.width


def measure_training(
    shape: WriterShape = MEDIUM, *, device: str = "auto", ways: Sequence[str] = tuple(WAYS), rows: int = 0
) -> list[TrainingSpeed]:
    """One line for each way, measured in turns; `rows` of `shape.context` tokens, as many as fit when 0."""
    where = choose_device(device)
    rate = matrix_rate(where)
    rows = rows or rows_that_fit(shape, where)
    return [measured(shape, way, where, rows=rows, rate=rate) for way in ways]


def speed_on_this_machine() -> list[tuple[str, TrainingSpeed]]:
    """GPT-2 medium every way on a GPU; the small shape, as it is trained for a shop, on a processor."""
    if torch.cuda.is_available():
        return [("GPT-2 medium", speed) for speed in measure_training(MEDIUM)]
    return [("small GPT-2 (no GPU here)", speed) for speed in measure_training(SMALL, ways=["eager"])]


def rows_that_fit(shape: WriterShape, device: torch.device) -> int:
    """By the memory that is free, a power of two."""
    if device.type != "cuda":
        return ROWS_ON_CPU
    free = 0.9 * torch.cuda.mem_get_info(device)[0] - 16 * parameters_of(shape)
    kept = ACTIVATIONS * shape.layers * shape.width + LOGITS * shape.vocabulary
    rows = max(1, int(free / kept / shape.context))
    return 1 << (rows.bit_length() - 1)


def measured(shape: WriterShape, way: str, device: torch.device, *, rows: int, rate: float) -> TrainingSpeed:
    """Half as many rows until they fit."""
    while True:
        try:
            seconds, loss = step_seconds(shape, way, device, rows=rows)
            break
        except torch.OutOfMemoryError:
            if rows == 1:
                raise
            rows //= 2
    tokens_per_s = rows * shape.context / seconds
    tflops = tokens_per_s * operations_per_token(shape, parameters_of(shape)) / 1e12
    return TrainingSpeed(
        device=name_of(device),
        way=way,
        rows=rows,
        tokens_per_s=tokens_per_s,
        seconds=seconds,
        model_tflops=tflops,
        matrix_tflops=rate / 1e12,
        share=tflops * 1e12 / rate,
        memory_gib=torch.cuda.max_memory_allocated(device) / 2**30 if device.type == "cuda" else 0.0,
        loss=loss,
    )


def step_seconds(shape: WriterShape, way: str, device: torch.device, *, rows: int) -> tuple[float, float]:
    """The median whole step (forward, backward, clipping, AdamW), and the last loss."""
    is_compiled, kernels = WAYS[way]
    clear(device)
    torch.manual_seed(0)
    model = new_gpt2(shape, dropout=0.0, attention="causal").to(device)
    plan, loss = TrainingPlan(), next_token_loss(model)
    step = one_step(torch.compile(loss) if is_compiled else loss, optimiser_of(model, plan), plan)
    batches = random_blocks(shape, device, rows=rows)
    with attention_by(kernels, device):
        seconds, last = timed(
            lambda: step(next(batches)), device, times=STEPS[device.type], warm_up=WARM_UP[device.type]
        )
    return seconds, float(last)


def one_step(
    loss: Loss, optimiser: torch.optim.Optimizer, plan: TrainingPlan
) -> Callable[[tuple[torch.Tensor, torch.Tensor]], torch.Tensor]:
    return lambda batch: train_step(
        loss, optimiser, (*batch, None), rate=plan.learning_rate, gradient_norm=plan.gradient_norm
    )


def random_blocks(
    shape: WriterShape, device: torch.device, *, rows: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Four batches in turn, drawn before the clock starts: text would be no faster and no slower."""
    drawn = torch.randint(shape.vocabulary, (4, rows, shape.context + 1), device=device)
    while True:
        yield from ((each[:, :-1].contiguous(), each[:, 1:].contiguous()) for each in drawn)


def matrix_rate(device: torch.device) -> float:
    """Operations per second of a square product of random numbers: bfloat16 on a GPU, else float32."""
    size = MATRIX_ROWS[device.type]
    dtype = torch.bfloat16 if device.type == "cuda" else torch.float32
    left, right = (torch.randn(size, size, device=device, dtype=dtype) for _ in range(2))
    seconds, _ = timed(lambda: left @ right, device, times=30, warm_up=5)
    return float(2 * size**3 / seconds)


def timed(
    work: Callable[[], torch.Tensor], device: torch.device, *, times: int, warm_up: int
) -> tuple[float, torch.Tensor]:
    """Median seconds of one call, each ended by the device; and what the last returned."""
    found, seconds = torch.empty(0), []
    for number in range(warm_up + times):
        started = time.perf_counter()
        found = work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        if number >= warm_up:
            seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), found


def attention_by(kernels: list[SDPBackend], device: torch.device) -> AbstractContextManager[Any]:
    """On a GPU only these kernels: no slow one is taken in silence; a processor has its own."""
    return sdpa_kernel(kernels, set_priority=True) if device.type == "cuda" else nullcontext()


def clear(device: torch.device) -> None:
    """What an earlier way compiled and kept."""
    torch.compiler.reset()
    if device.type == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(device)


def name_of(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "processor"
