class ModelError(RuntimeError):
    """A trained model is missing, broken or of another version."""
