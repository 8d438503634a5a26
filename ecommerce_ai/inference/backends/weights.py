"""What a model is called, so that other weights have another name."""

import hashlib
from pathlib import Path


def model_name(model: str) -> str:
    """The id, or the name of a directory with a digest of its weights: the name alone says too little."""
    directory = Path(model)
    if not directory.is_dir():
        return model
    digest = hashlib.sha256()
    for weights in sorted(directory.rglob("*.safetensors")):
        digest.update(weights.read_bytes())
    return f"{directory.name}@{digest.hexdigest()[:12]}"
