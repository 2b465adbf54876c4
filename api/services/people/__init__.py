"""Who works and learns here: signing in, inviting, leaving, the roll, the calendar."""
