"""Papers: uploads, rendered documents, seals and signing.

Owns: every stored file, sealed under a key of its own that only its handle or its case holds.
Says: "store", "open handle", "claim", "expire", "erase".
Asks: nobody.
"""
