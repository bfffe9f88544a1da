"""Demo: a small city to try things in; nothing depends on it.

Owns: invented people, enterprises, officers and cases, all marked as a demonstration.
Says: "build".
"""
