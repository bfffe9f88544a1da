"""Demo: an invented city to try things in; nothing depends on it.

Owns: invented people, enterprises, officers, and the half year they lived through; all of it is marked as a
demonstration.
Says: "populate", "live".
"""
