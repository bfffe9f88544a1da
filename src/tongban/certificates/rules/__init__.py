"""What a certificate is, what may be done to it, what it says, and whether it holds on a day."""
