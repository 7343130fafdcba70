"""Measurements: times and sizes, which have no place in a test."""
