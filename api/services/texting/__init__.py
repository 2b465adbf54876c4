"""A conversation by text message: what comes in, what it means, and how long texts are cut."""
