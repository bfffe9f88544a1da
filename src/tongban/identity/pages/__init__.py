"""What people see and press to sign in, to be known, and to keep their account."""
