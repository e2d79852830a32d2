"""Stretches of time in words."""


def as_players_show(seconds: float) -> str:
    """Return a stretch of time as players show it: "3:45", "1:02:33"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
