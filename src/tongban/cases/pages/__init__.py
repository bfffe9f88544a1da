"""What people see and press: applying and following one's own case; the acts of officers."""
