"""Pages of the office beyond lists and forms."""
