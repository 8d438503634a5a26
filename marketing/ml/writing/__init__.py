"""Copy from a product's facts, without a model: a grammar for each channel, tone and language."""
