"""The thin parts that hook the interview and the understanding into Rasa. What they decide lives in those packages."""
