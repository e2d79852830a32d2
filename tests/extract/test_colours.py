"""The main colours of a picture."""

import numpy as np

from vexgui.extract.colours import colours_of


def stripes(*parts: tuple[tuple[int, int, int], int]) -> np.ndarray:
    return np.concatenate([np.full((count, 3), colour, np.uint8) for colour, count in parts])


def test_the_most_frequent_comes_first() -> None:
    pixels = stripes(((200, 30, 30), 20), ((20, 40, 160), 70), ((255, 255, 255), 10))
    assert colours_of(pixels) == "#1428a0 #c81e1e #ffffff"


def test_shades_of_a_colour_are_one_colour_between_them() -> None:
    assert colours_of(stripes(((100, 100, 200), 50), ((120, 100, 200), 50))) == "#6e64c8"


def test_specks_are_left_out_and_there_are_five_at_most() -> None:
    assert colours_of(stripes(((0, 0, 0), 990), ((255, 0, 0), 10))) == "#000000"
    corners = [(red, green, blue) for red in (0, 255) for green in (0, 255) for blue in (0, 255)]
    assert len(colours_of(stripes(*((corner, 10) for corner in corners))).split()) == 5


def test_noise_has_colours_too() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (2304, 3), np.uint8)
    assert all(len(colour) == 7 for colour in colours_of(noise).split())
