"""Any causal language model of transformers: instructions in, prose out, the same prose each time."""

from collections.abc import Sequence

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from ecommerce_ai.inference.backends.devices import choose_device, choose_dtype
from ecommerce_ai.inference.backends.weights import model_name
from ecommerce_ai.inference.batching import token_batches

MAX_TOKENS = {"cpu": 2048, "cuda": 65_536}
DEFAULT_WINDOW = 2048


class LanguageModel:
    """A directory, or an id that is already on disk; greedy, so that a cached reply is the reply."""

    def __init__(self, *, model: str, device: str = "auto") -> None:
        self.device = choose_device(device)
        self.name = model_name(model)
        self.tokenizer = AutoTokenizer.from_pretrained(
            model, local_files_only=True, padding_side="left", truncation_side="left"
        )
        self.model = AutoModelForCausalLM.from_pretrained(
            model, local_files_only=True, dtype=choose_dtype(self.device)
        )
        torch.nn.Module.to(self.model, self.device)
        self.tokenizer.pad_token = self.tokenizer.pad_token or self.tokenizer.eos_token
        self.window = int(getattr(self.model.config, "max_position_embeddings", DEFAULT_WINDOW))

    def generate(self, prompts: Sequence[str], *, max_tokens: int) -> list[str]:
        """One text per prompt, in order, without the prompt; the end of a prompt that is too long counts."""
        tokens = [self.tokenize(prompt, max_length=self.window - max_tokens) for prompt in prompts]
        texts = np.empty(len(prompts), object)
        limit = MAX_TOKENS.get(self.device.type, MAX_TOKENS["cpu"])
        for batch in token_batches([len(ids) + max_tokens for ids in tokens], max_tokens=limit):
            texts[batch] = self.continued([tokens[position] for position in batch], max_tokens=max_tokens)
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
    def continued(self, batch: list[list[int]], *, max_tokens: int) -> list[str]:
        inputs = self.tokenizer.pad({"input_ids": batch}, return_tensors="pt").to(self.device)
        found = self.model.generate(
            **inputs,
            max_new_tokens=max_tokens,
            do_sample=False,
            num_beams=1,
            pad_token_id=self.tokenizer.pad_token_id,
        )
        fresh = found[:, inputs["input_ids"].shape[1] :]
        return [str(text).strip() for text in self.tokenizer.batch_decode(fresh, skip_special_tokens=True)]
