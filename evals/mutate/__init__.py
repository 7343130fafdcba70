"""Seeded errors in true claims: how many does the verifier catch, and how many true claims does it refuse?"""
