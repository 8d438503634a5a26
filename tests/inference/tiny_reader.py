"""A BERT of a few kilobytes that finds answers: a test builds it, teaches it and loads it by its path."""

from pathlib import Path
from typing import Any

import torch
from transformers import BertConfig, BertForQuestionAnswering, BertTokenizer

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ROUNDS = 60


def save_reader(folder: Path, question: str, passages: dict[str, str]) -> Path:
    """Writes a reader that answers the question with these parts of the passages ("": with nothing)."""
    torch.manual_seed(0)
    words = sorted({word for text in (question, *passages) for word in split(text)})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join([*SPECIAL, *words]))
    tokenizer = BertTokenizer(vocab=str(folder / "vocab.txt"))
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64,
        hidden_dropout_prob=0, attention_probs_dropout_prob=0,
    )  # fmt: skip
    model = BertForQuestionAnswering(config)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(ROUNDS):
        for passage, answer in passages.items():
            asked = tokenizer(question, passage, return_tensors="pt", return_offsets_mapping=True)
            first, last = tokens_of(asked, passage, answer)
            del asked["offset_mapping"]
            loss = model(**asked, start_positions=first, end_positions=last).loss
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)
    return folder


def split(text: str) -> list[str]:
    return "".join(each if each.isalnum() else f" {each} " for each in text.lower()).split()


def tokens_of(asked: Any, passage: str, answer: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Numbers of the first and last token of the answer; those of [CLS] where there is none."""
    if not answer:
        return torch.tensor([0]), torch.tensor([0])
    start, end = passage.index(answer), passage.index(answer) + len(answer)
    inside = [
        place
        for place, (part, (left, right)) in enumerate(
            zip(asked.sequence_ids(0), asked["offset_mapping"][0].tolist(), strict=True)
        )
        if part == 1 and left >= start and right <= end
    ]
    return torch.tensor([inside[0]]), torch.tensor([inside[-1]])
