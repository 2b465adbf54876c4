"""Is a prompt open? Decided from its text alone, in every language of bot/data/openness (practice 6-10)."""
