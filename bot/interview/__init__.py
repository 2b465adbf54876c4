"""How to interview: a conversation is a pure function of the turns so far (standard library and yaml only)."""
