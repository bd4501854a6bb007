"""The specification by example: case files, played against the domain and a real database.

The language is the specification's (cases/README.md there). Nothing here knows a particular file; `files/` holds the
specification's own, copied verbatim, and `files/own/` ours.
"""
