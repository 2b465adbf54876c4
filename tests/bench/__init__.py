"""Performance, as ratios to a stock Rasa assistant measured in the same run. See docs/testing.md."""
