"""What comes back to the speakers: promises and their answers, a copy of their words."""
