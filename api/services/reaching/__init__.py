"""How families are reached: who cares for a pupil, what they wished, and messages that arrive or are seen to fail."""
