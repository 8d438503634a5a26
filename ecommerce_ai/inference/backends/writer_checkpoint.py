"""A training's state in one file of safetensors, replaced whole; no kill leaves half of one."""

import json
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

STATES = ("step", "exp_avg", "exp_avg_sq")  # what AdamW keeps for each parameter
PROCESSOR_DRAWS, GPU_DRAWS = "draws.cpu", "draws.cuda"


def named_and_trained(model: torch.nn.Module) -> dict[str, torch.nn.Parameter]:
    return {name: each for name, each in model.named_parameters() if each.requires_grad}


def write_tensors(path: Path, tensors: dict[str, torch.Tensor], notes: dict[str, object]) -> None:
    """All of it or nothing, whenever the process ends."""
    draft = path.with_suffix(".part")
    own = {name: tensor.detach().contiguous() for name, tensor in tensors.items()}
    save_file(own, draft, metadata={"notes": json.dumps(notes)})
    draft.replace(path)


def read_tensors(path: Path) -> tuple[dict[str, torch.Tensor], dict[str, object]]:
    """The tensors on the processor, and the notes."""
    with safe_open(path, framework="pt") as file:
        notes = json.loads(file.metadata()["notes"])
        return {name: file.get_tensor(name) for name in file.keys()}, notes  # noqa: SIM118 (no mapping)


def save_state(
    path: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer, notes: dict[str, object]
) -> None:
    """Weights that are trained, the optimiser's moments, the states of the random numbers."""
    tensors = dict(moments(model, optimiser)) | {PROCESSOR_DRAWS: torch.get_rng_state()}
    if torch.cuda.is_available():
        tensors[GPU_DRAWS] = torch.cuda.get_rng_state()
    write_tensors(path, {**named_and_trained(model), **tensors}, notes)


def moments(model: torch.nn.Module, optimiser: torch.optim.Optimizer) -> Iterator[tuple[str, torch.Tensor]]:
    for name, parameter in named_and_trained(model).items():
        for kind in STATES:
            yield f"{kind}:{name}", optimiser.state[parameter][kind]


def load_state(path: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer) -> dict[str, object]:
    """Everything `save_state` kept, where it belongs; returns its notes."""
    tensors, notes = read_tensors(path)
    load_weights(tensors, model)
    for name, parameter in named_and_trained(model).items():
        optimiser.state[parameter] = {
            kind: place(tensors[f"{kind}:{name}"], parameter, optimiser, is_count=kind == "step")
            for kind in STATES
        }
    torch.set_rng_state(tensors[PROCESSOR_DRAWS])
    if torch.cuda.is_available() and GPU_DRAWS in tensors:
        torch.cuda.set_rng_state(tensors[GPU_DRAWS])
    return notes


def place(
    tensor: torch.Tensor, parameter: torch.nn.Parameter, optimiser: torch.optim.Optimizer, *, is_count: bool
) -> torch.Tensor:
    """On the parameter's device; the count of steps only where a fused optimiser reads it there."""
    return tensor if is_count and not optimiser.defaults["fused"] else tensor.to(parameter.device)


def load_weights(tensors: dict[str, torch.Tensor], model: torch.nn.Module) -> None:
    with torch.no_grad():
        for name, parameter in named_and_trained(model).items():
            parameter.copy_(tensors[name])
