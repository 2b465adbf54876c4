"""A script for browsers without voices: a device that speaks, and writes down what it said."""

from pathlib import Path

SPEAKS = Path(__file__).with_suffix(".js")
