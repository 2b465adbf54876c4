"""What was said: language, tags, safeguarding, control and sentences. Knows nothing of Rasa or the network."""
