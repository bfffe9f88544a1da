"""What an exercise is, how its days go on, and how what was done in it is judged."""
