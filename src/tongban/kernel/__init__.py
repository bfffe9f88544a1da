"""Kernel: the words everyone shares.

Owns: typed ids, refusals, the envelope of events, privacy and keys, the one access function, time, paging.
Asks: nobody. Everyone may import it, and it imports only `engine`.
"""
