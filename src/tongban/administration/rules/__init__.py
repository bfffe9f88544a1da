"""What is right about changes to the city's arrangement, decided from values alone."""
