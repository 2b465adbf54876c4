"""A conversation from its start on: turns that count once, the bot, what stood on the screen, who sees what of it."""
