"""How text becomes vectors, labels or prose."""
