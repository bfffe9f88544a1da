"""Tongban (通办): one network for all of a city's government services."""
