"""Any language model of transformers, causal or with an encoder: instructions in, prose out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

from ecommerce_ai.inference.backends.devices import choose_device, choose_dtype
from ecommerce_ai.inference.backends.weights import model_name
from ecommerce_ai.inference.batching import token_batches
from ecommerce_ai.inference.types import Sampling

MAX_TOKENS = {"cpu": 2048, "cuda": 65_536}
DEFAULT_WINDOW = 2048
LEAST_PROMPT = 32  # tokens of a prompt that are read, however small the window


class LanguageModel:
    """A directory, or an id that is already on disk. `generate` says the same each time, `sample` varies."""

    def __init__(self, *, model: str, device: str = "auto") -> None:
        self.device = choose_device(device)
        self.name = model_name(model)
        self.tokenizer = AutoTokenizer.from_pretrained(
            model, local_files_only=True, padding_side="left", truncation_side="left"
        )
        config = AutoConfig.from_pretrained(model, local_files_only=True)
        self.has_encoder = bool(getattr(config, "is_encoder_decoder", False))
        kind = AutoModelForSeq2SeqLM if self.has_encoder else AutoModelForCausalLM
        self.model = kind.from_pretrained(model, local_files_only=True, dtype=choose_dtype(self.device))
        torch.nn.Module.to(self.model, self.device)
        self.tokenizer.pad_token = self.tokenizer.pad_token or self.tokenizer.eos_token
        self.window = int(getattr(self.model.config, "max_position_embeddings", DEFAULT_WINDOW))

    def generate(self, prompts: Sequence[str], *, max_tokens: int) -> list[str]:
        """One text per prompt, in order, without the prompt; the end of a prompt that is too long counts."""
        return self.continuations(prompts, max_tokens=max_tokens, sampling=None)

    def sample(self, prompts: Sequence[str], *, max_tokens: int, sampling: Sampling) -> list[str]:
        """As `generate`, with words drawn by chance."""
        torch.manual_seed(sampling.seed)
        most = max_tokens if self.has_encoder else min(max_tokens, self.window - LEAST_PROMPT)
        return self.continuations(prompts, max_tokens=most, sampling=sampling)

    def continuations(
        self, prompts: Sequence[str], *, max_tokens: int, sampling: Sampling | None
    ) -> list[str]:
        room = self.window - (0 if self.has_encoder else max_tokens)
        tokens = [self.tokenize(prompt, max_length=room) for prompt in prompts]
        texts = np.empty(len(prompts), object)
        limit = MAX_TOKENS.get(self.device.type, MAX_TOKENS["cpu"])
        for batch in token_batches([len(ids) + max_tokens for ids in tokens], max_tokens=limit):
            together = [tokens[position] for position in batch]
            texts[batch] = self.continued(together, max_tokens=max_tokens, sampling=sampling)
        return list(texts)

    def tokenize(self, prompt: str, *, max_length: int) -> list[int]:
        """As the model was taught to be spoken to, where its tokenizer knows how."""
        is_chat = self.tokenizer.chat_template is not None
        text = self.as_turn(prompt) if is_chat else prompt
        ids = self.tokenizer(
            text, truncation=True, max_length=max(max_length, 1), add_special_tokens=not is_chat
        )["input_ids"]
        return list(ids)

    def as_turn(self, prompt: str) -> str:
        turns = [{"role": "user", "content": prompt}]
        return str(self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True))

    @torch.inference_mode()
    def continued(self, batch: list[list[int]], *, max_tokens: int, sampling: Sampling | None) -> list[str]:
        inputs = self.tokenizer.pad({"input_ids": batch}, return_tensors="pt").to(self.device)
        found = self.model.generate(
            **inputs,
            max_new_tokens=max_tokens,
            num_beams=1,
            **choosing(sampling),
            pad_token_id=self.tokenizer.pad_token_id,
        )
        fresh = found if self.has_encoder else found[:, inputs["input_ids"].shape[1] :]
        return [str(text).strip() for text in self.tokenizer.batch_decode(fresh, skip_special_tokens=True)]


def choosing(sampling: Sampling | None) -> dict[str, Any]:
    if sampling is None or sampling.temperature <= 0:
        return {"do_sample": False}
    return {"do_sample": True, "temperature": sampling.temperature, "top_p": sampling.top_p, "top_k": 0}
