"""Everything that writes to shoppers or sets an offer: so far the voice of the copy."""
