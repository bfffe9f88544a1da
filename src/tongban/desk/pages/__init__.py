"""What officers see and press in their front room."""
