"""Alerts: raised with the words, handled by the leads, escalated until somebody answers, never lost."""
