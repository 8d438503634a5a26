"""The attributes whose values a query may name as a condition."""

FACETS = (
    "colour",
    "color",
    "material",
    "size",
    "pattern",
    "occasion",
    "recipient",
    "season",
    "gender",
    "brand",
)
