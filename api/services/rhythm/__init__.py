"""Check-ins, contact and meetings, planned and reminded of (practice 33)."""
