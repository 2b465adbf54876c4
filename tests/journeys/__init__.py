"""Whole journeys: a real browser, the real api, the real bot."""
