"""Sets up, runs, trains and tests both halves on one machine, with nothing but the standard library."""
