"""Ledger: the record of acts and looks, and its public log with proofs.

Owns: leaves that wait, the sealed log and its signed head, and every look of an officer at a person's case.
Says: "seal", "record look", "receipt"; answers "checkpoint", "tile", "entries", "proof of", "looks at".
Asks: nobody; acts leave their pending leaves in the statement that writes their events.
Tells: Sealed rows, to what wiring supplied as `arrived` and `tell`, in the transaction that seals them.
"""
