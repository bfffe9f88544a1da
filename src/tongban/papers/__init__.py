"""Papers: uploads, rendered documents, seals and signing.

Owns: every stored file, sealed under a key of its own that only its handle or its case holds; every paper
given out, laid out, signed and kept once; the seals that sign them.
Says: "store", "open handle", "claim", "expire", "erase"; "make", "read", "find", "check", "withdraw".
Asks: nobody.
"""
