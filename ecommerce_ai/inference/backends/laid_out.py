"""Linear layers whose weights lie as oneDNN multiplies them: laid out once, not at each call.

In bfloat16 with AMX a product is over so soon that laying its weights out anew takes a good part of it.
"""

from typing import cast

import torch


class LaidOut(torch.nn.Module):
    """A linear layer for inference, with the GELU after it where there is one."""

    def __init__(self, linear: torch.nn.Linear, *, has_gelu: bool = False) -> None:
        super().__init__()
        self.weight = torch.ops.mkldnn._reorder_linear_weight(linear.weight.detach().contiguous(), None)
        bias: torch.Tensor | None = linear.bias
        self.bias = None if bias is None else bias.detach()
        self.after = ("gelu", "none") if has_gelu else ("none", "")

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        after, way = self.after
        return cast(
            "torch.Tensor",
            torch.ops.mkldnn._linear_pointwise(rows, self.weight, self.bias, after, [], way),
        )


def can_lay_out(dtype: torch.dtype) -> bool:
    """Whether this processor multiplies bfloat16 by oneDNN; float32 gains nothing that could be measured."""
    return dtype == torch.bfloat16 and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def lay_out(model: torch.nn.Module) -> None:
    """Replace every linear layer of a model on the processor, once and for all: it trains no more."""
    for module in list(model.modules()):
        for name, part in list(module.named_children()):
            if type(part) is torch.nn.Linear:
                setattr(module, name, LaidOut(part, has_gelu=takes_gelu(module, name)))


def takes_gelu(module: torch.nn.Module, name: str) -> bool:
    """Whether this is the inner layer of a BERT block; its GELU then goes along with the product."""
    gelu = getattr(module, "intermediate_act_fn", None)
    if name != "dense" or type(gelu).__name__ != "GELUActivation":
        return False
    module.intermediate_act_fn = torch.nn.Identity()
    return True
