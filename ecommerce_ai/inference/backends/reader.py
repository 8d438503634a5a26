"""Any extractive reader of transformers: a question and passages to the words that answer it."""

import threading
from collections.abc import Sequence

import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from ecommerce_ai.inference.backends.devices import choose_device
from ecommerce_ai.inference.backends.weights import model_name
from ecommerce_ai.inference.types import Span

LONGEST_ANSWER = 30  # tokens
DEFAULT_WINDOW = 512


class ExtractiveReader:
    """A directory, or an id that is already on disk; its tokenizer has to be a fast one."""

    def __init__(self, *, model: str, device: str = "auto") -> None:
        self.device = choose_device(device)
        self.name = model_name(model)
        self.tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=True)
        self.model = AutoModelForQuestionAnswering.from_pretrained(model, local_files_only=True).eval()
        torch.nn.Module.to(self.model, self.device)
        self.window = int(getattr(self.model.config, "max_position_embeddings", DEFAULT_WINDOW))
        # Fast tokenizers keep their truncation as state and refuse to be used by two threads at once.
        self.tokenizer_lock = threading.Lock()

    def read(self, question: str, passages: Sequence[str]) -> list[Span | None]:
        """The best span of each passage; None where "no answer" (the first token) is more likely."""
        return [self.best_span(question, passage) for passage in passages]

    @torch.inference_mode()
    def best_span(self, question: str, passage: str) -> Span | None:
        with self.tokenizer_lock:
            asked = self.tokenizer(
                question, passage, truncation="only_second", max_length=self.window,
                return_offsets_mapping=True, return_tensors="pt",
            )  # fmt: skip
        places = [place for place, part in enumerate(asked.sequence_ids(0)) if part == 1]
        offsets = asked.pop("offset_mapping")[0].tolist()
        found = self.model(**asked.to(self.device))
        starts, ends = (self.chances(logits[0], places) for logits in (found.start_logits, found.end_logits))
        if not places:
            return None
        chances = torch.triu(starts[1:, None] * ends[None, 1:]).tril(LONGEST_ANSWER - 1)
        best = int(chances.argmax())
        first, last = divmod(best, len(places))
        chance = float(chances.flatten()[best])
        if chance <= float(starts[0] * ends[0]):
            return None
        return Span(offsets[places[first]][0], offsets[places[last]][1], chance)

    def chances(self, logits: torch.Tensor, places: list[int]) -> torch.Tensor:
        """Of "no answer" and of each token of the passage."""
        return torch.softmax(logits[[0, *places]].float(), dim=0).cpu()
