"""What was said, as Rasa graph components: each wraps one reader of the package `understanding`."""
