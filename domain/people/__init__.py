"""Operators, roles, rights, PINs, what a terminal keeps."""
