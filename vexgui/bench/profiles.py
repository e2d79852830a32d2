"""Profiles of a benchmark's own."""

from vexgui.core.settings import Settings
from vexgui.engine.settings_file import SettingsFile
from vexgui.system.profile import Profile, open_profile


def text_profile(folder: bytes) -> Profile:
    """Return a new profile in a folder for an engine whose embedder needs no model, and knows no pictures.

    An engine whose settings name a picture model that its embedder does not have puts another embedder in its place.
    """
    profile = open_profile(folder, {})
    SettingsFile(profile.config).save(Settings(picture_model=None))
    return profile
