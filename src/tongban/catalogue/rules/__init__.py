"""What an item is, how its published document is read, and how its guide is written out."""
