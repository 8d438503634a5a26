"""Catalogue illustrations drawn by code: a product in, an SVG out. No Django, no files, the same every time."""
