"""Arithmetic about shoppers: arrays and frozen dataclasses in, the same out."""
