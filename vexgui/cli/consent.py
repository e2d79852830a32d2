"""What counts as a yes."""

_CONSENT = {"y", "yes"}


def is_consent(typed: str) -> bool:
    """Tell whether what was typed after a question consents."""
    return typed.strip().lower() in _CONSENT
