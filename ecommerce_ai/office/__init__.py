"""What the lists and forms of every app's `admin` share. No models, no permissions of its own."""
