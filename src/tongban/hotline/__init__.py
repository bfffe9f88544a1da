"""Hotline: people leave a number and are called back.

Owns: requests to be called back, sealed; every opening of a number and every call.
Says: "ask for a call", "open", "record call", "withdraw"; answers "calls waiting", "standing of".
Asks: catalogue for what it is about and which office runs it; identity for what is known of who is signed in.
Tells: nothing.
"""
