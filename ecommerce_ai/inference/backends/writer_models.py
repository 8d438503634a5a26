"""What a training begins with: a small GPT-2 with fresh weights, or adapters on a model that is there."""

from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.pytorch_utils import Conv1D

from ecommerce_ai.inference.backends.devices import choose_device
from ecommerce_ai.inference.backends.writer_steps import new_gpt2
from ecommerce_ai.inference.backends.writer_tokens import asked, learn_tokens
from ecommerce_ai.inference.training_plan import Adaptation, Lessons, WriterShape

DROPOUT = 0.1
DEFAULT_CONTEXT = 1024


def fresh_writer(shape: WriterShape, lessons: Lessons, folder: Path, *, seed: int) -> tuple[Any, Any]:
    """A model and its tokenizer, which is learned once and kept in the folder."""
    kept = folder / "tokenizer"
    if not kept.is_dir():
        texts = (asked(each) + each.copy for each in lessons.training)
        learned = learn_tokens(texts, vocabulary=shape.vocabulary, context=shape.context)
        learned.save_pretrained(kept)
    tokenizer = AutoTokenizer.from_pretrained(kept, local_files_only=True)
    torch.manual_seed(seed)
    return new_gpt2(shape, dropout=DROPOUT, end=tokenizer.eos_token_id), tokenizer


def saved_writer(folder: str) -> tuple[Any, Any]:
    """A causal model on disk as it is, and its tokenizer."""
    model = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True, dtype=torch.float32)
    torch.nn.Module.to(model, choose_device("auto"))
    return model, AutoTokenizer.from_pretrained(folder, local_files_only=True)


def adapted_writer(base: str, adaptation: Adaptation, *, seed: int) -> tuple[Any, Any]:
    """A causal model on disk whose weights stay, with adapters that are trained, and its tokenizer."""
    from peft import LoraConfig, get_peft_model

    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    model = AutoModelForCausalLM.from_pretrained(base, local_files_only=True, dtype=torch.float32)
    torch.manual_seed(seed)
    config = LoraConfig(
        r=adaptation.rank,
        lora_alpha=int(adaptation.scale * adaptation.rank),
        lora_dropout=adaptation.dropout,
        target_modules="all-linear",
        fan_in_fan_out=any(isinstance(each, Conv1D) for each in model.modules()),  # how GPT-2 lies in memory
        task_type="CAUSAL_LM",
    )
    return get_peft_model(model, config), tokenizer


def context_of(model: Any) -> int:
    return int(getattr(model.config, "max_position_embeddings", DEFAULT_CONTEXT))


def save_writer(model: Any, tokenizer: Any, folder: Path) -> None:
    """One directory that transformers loads, adapters melted into the weights."""
    whole = model.merge_and_unload() if hasattr(model, "merge_and_unload") else model
    whole.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
