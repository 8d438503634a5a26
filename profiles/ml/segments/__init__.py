"""Groups of shoppers: rules that a merchant writes, clusters that are learned, random shares."""
