"""A causal model of a few kilobytes that a test builds, teaches a few lines, and loads by its path."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.decoders import Fuse
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

END = "<end>"
WINDOW, REPLY = 64, 8  # characters; of a longer prompt the end counts
GPT2_WINDOW, GPT2_SEEN = 240, 80  # beside the 160 that a writer may say
ROUNDS = 100


def save_language_model(
    folder: Path, lessons: Sequence[tuple[str, str]] = (), *, is_gpt2: bool = False
) -> Path:
    """Writes a model of characters that answers each prompt of the lessons as it was told; returns where."""
    torch.manual_seed(0)
    tokenizer = character_tokenizer()
    model = llama(tokenizer) if not is_gpt2 else gpt2(tokenizer)
    if lessons:
        teach(model, tokenizer, lessons, seen=GPT2_SEEN if is_gpt2 else WINDOW - REPLY)
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)
    return folder


def llama(tokenizer: PreTrainedTokenizerFast) -> PreTrainedModel:
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=WINDOW,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
    )
    return LlamaForCausalLM(config)


def gpt2(tokenizer: PreTrainedTokenizerFast) -> PreTrainedModel:
    """Of a wider window: it reads the end of a prompt and says a sentence."""
    config = GPT2Config(
        vocab_size=len(tokenizer),
        n_embd=48,
        n_layer=2,
        n_head=2,
        n_positions=GPT2_WINDOW,
        resid_pdrop=0,
        embd_pdrop=0,
        attn_pdrop=0,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
    )
    return GPT2LMHeadModel(config)


def character_tokenizer() -> PreTrainedTokenizerFast:
    characters = [END, *map(chr, range(32, 127)), "\n"]
    words = Tokenizer(WordLevel({each: number for number, each in enumerate(characters)}, unk_token=END))
    words.pre_tokenizer, words.decoder = Split("", "isolated"), Fuse()
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=words, eos_token=END, unk_token=END
    )


def teach(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    lessons: Sequence[tuple[str, str]],
    *,
    seen: int,
) -> None:
    """Until it says the replies to what it can see of the prompts; only they count for the loss."""
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(ROUNDS):
        for prompt, reply in lessons:
            asked = tokenizer(prompt[-seen:])["input_ids"]
            told = tokenizer(reply + END)["input_ids"]
            ids = torch.tensor([asked + told])
            labels = torch.tensor([[-100] * len(asked) + told])
            loss = model(input_ids=ids, labels=labels).loss
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()


def save_encoder_decoder(folder: Path) -> Path:
    """A T5 of characters that was taught nothing; returns where."""
    from transformers import T5Config, T5ForConditionalGeneration

    torch.manual_seed(0)
    tokenizer = character_tokenizer()
    config = T5Config(
        vocab_size=len(tokenizer),
        d_model=32,
        d_kv=8,
        d_ff=32,
        num_layers=1,
        num_heads=2,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.eos_token_id,
    )
    config.decoder_start_token_id = tokenizer.eos_token_id
    tokenizer.save_pretrained(folder)
    T5ForConditionalGeneration(config).save_pretrained(folder)
    return folder
