"""A sentence-transformers model of a few kilobytes with random weights: the real backend, in milliseconds."""

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizer

WORDS = [*"abcdef", "warm", "wool", "scarf", "mug", "red", "blue", "for", "the", "of", "and", "cup", "tea"]
# Numbered products ("Product 17") differ: a graph of many equal vectors leaves some out of reach.
DIGITS = [*"0123456789", *(f"##{digit}" for digit in range(10))]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
VOCABULARY = [*SPECIAL, *WORDS, "product", *DIGITS]


def save_tiny_model(
    folder: Path, *, seed: int = 0, dimensions: int = 16, prompts: dict[str, str] | None = None
) -> Path:
    """Writes the model below `folder` and returns where; another seed gives other weights."""
    torch.manual_seed(seed)
    bert = folder / "bert"
    bert.mkdir(parents=True)
    (bert / "vocab.txt").write_text("\n".join(VOCABULARY))
    BertTokenizer(vocab=str(bert / "vocab.txt")).save_pretrained(bert)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=dimensions,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=1.0,
    )
    BertModel(config).save_pretrained(bert)
    transformer = Transformer(str(bert), max_seq_length=32)
    modules = [transformer, Pooling(dimensions), Normalize()]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder / "model"))
    return folder / "model"
