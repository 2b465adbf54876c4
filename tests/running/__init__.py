"""The real product, started as `make run` starts it, for the journeys in a browser and for the bench."""
