"""The first day of absence: carers are asked the same day, and what they do not answer becomes a person's task."""
