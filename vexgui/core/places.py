"""Positions on the Earth and their distances: as on a sphere of its mean radius, some 0.5 % from the ellipsoid's."""

from math import asin, cos, degrees, radians, sin, sqrt

RADIUS_KM = 6371.0088
"""Mean radius of the Earth (2a + b) / 3, WGS 84; Moritz, Geodetic Reference System 1980."""


_POLE = 90.0
_FARTHEST_EAST = 180.0


def is_position(latitude: float, longitude: float) -> bool:
    """Tell whether degrees are those of a place."""
    return abs(latitude) <= _POLE and abs(longitude) <= _FARTHEST_EAST


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the length of the great circle between two positions in degrees, by the haversine formula."""
    north, other_north = radians(latitude), radians(other_latitude)
    across = sin(radians(other_longitude - longitude) / 2) ** 2
    share = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * across
    return 2 * RADIUS_KM * asin(sqrt(min(1.0, share)))


def latitudes_within(latitude: float, km: float) -> tuple[float, float]:
    """Return the southernmost and the northernmost latitude that may lie so near to another, a little generously."""
    reach = degrees(km / RADIUS_KM) + 1e-6
    return max(-_POLE, latitude - reach), min(_POLE, latitude + reach)
