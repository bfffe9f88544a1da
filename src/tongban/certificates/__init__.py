"""Certificates (电子证照): what a grant leaves in people's hands, and whether it still holds.

Owns: the certificate with its editions and events, its sealed content, the types it was made by.
Says: "issue", "change", "suspend", "restore", "endorse", "revoke", "cancel", "check".
Asks: identity to found an enterprise; ledger to record each act.
"""
