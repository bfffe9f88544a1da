"""What is told to people, in which words, by which ways, and for how long a way is tried."""
