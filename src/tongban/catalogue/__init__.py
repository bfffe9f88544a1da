"""Catalogue: what can be done, for whom, by which office, under which law.

Owns: published versions of service items, each whole and never changed; which is current; guide lists.
Says: "publish", "item", "queue of".
Asks: directory for the bodies that run an item; engine.packs for the faults of a pack.
"""
