"""Everything that ranks products: similar, popular, for you, search."""
