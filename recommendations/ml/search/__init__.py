"""What a query means and which products answer it, decided by arithmetic. No Django."""
