"""Directory: the government's own shape.

Owns: regions of six levels, bodies, posts and their roles, officers, who held which post when, absence.
Says: "ensure region", "ensure body", "ensure post", "appoint", "relieve", "record absence".
Asks: nobody.
"""
