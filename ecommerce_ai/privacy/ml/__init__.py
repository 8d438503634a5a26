"""Arithmetic of fairness. Knows no Django."""
