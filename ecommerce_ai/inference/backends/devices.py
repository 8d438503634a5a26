"""Where a model runs and in which precision."""

from pathlib import Path

import torch

BFLOAT16_FLAGS = {"amx_bf16", "avx512_bf16"}


def choose_device(device: str) -> torch.device:
    """The device named; for "auto" the GPU where there is one, else the processor."""
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(device)


def choose_dtype(device: torch.device) -> torch.dtype:
    """Half precision where the hardware is faster in it, float32 elsewhere."""
    if device.type == "cuda":
        return torch.float16
    return torch.bfloat16 if processor_flags() & BFLOAT16_FLAGS else torch.float32


def processor_flags() -> set[str]:
    """What the processor can do, as Linux names it; nothing where that is not told."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return set()
    flags = next((line for line in lines if line.startswith("flags")), "")
    return set(flags.partition(":")[2].split())
