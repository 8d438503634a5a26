"""Twelve months of a shop that never was: who came, what they liked, what they did. Numpy, no Django.

The hidden truth (tastes, qualities, companions) lives here and never reaches the shop's tables, so that
what a model infers from the tables can be compared with it.
"""
