"""Everything that answers shoppers: knowledge base, conversations, after-sales."""
