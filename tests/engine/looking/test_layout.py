"""Points are laid out so that those near each other stay so, and maps stay what they were when files come and go."""

import numpy as np
import pytest
from numpy.typing import NDArray

from vexgui.engine.looking.kept_map import NAME, Places, load, save
from vexgui.engine.looking.layout import Layout
from vexgui.engine.looking.mapping import Mapping, completed
from vexgui.engine.looking.neighbours import nearest, nearest_one
from vexgui.engine.looking.points import Continent
from vexgui.engine.looking.repulsion import Repulsion


def groups(sizes: list[int], dim: int = 12, seed: int = 3) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return points around centres far apart, and which group each belongs to."""
    rng = np.random.default_rng(seed)
    of = np.repeat(np.arange(len(sizes)), sizes)
    centres = rng.normal(size=(len(sizes), dim)) * 6
    return (centres[of] + rng.normal(size=(len(of), dim))).astype(np.float32), of


def laid_out(points: NDArray[np.float32]) -> NDArray[np.float32]:
    layout = Layout(points)
    while not layout.is_done:
        layout.advance()
    return layout.places


def continent(first: int, count: int, seed: int = 3) -> Continent:
    points, _ = groups([count // 2, count - count // 2], seed=seed)
    return Continent(np.arange(first, first + count), points)


def test_nearly_all_of_the_nearest_points_are_found() -> None:
    points, _ = groups([150] * 6)
    apart = ((points[:, None] - points[None]) ** 2).sum(axis=-1)
    np.fill_diagonal(apart, np.inf)
    true = np.argsort(apart, axis=1)[:, :10]
    found = nearest(points, 10, np.random.default_rng(1))
    assert np.mean([len(set(one) & set(other)) for one, other in zip(true, found, strict=True)]) > 9.5
    assert not (found == np.arange(len(points))[:, None]).any()
    assert (nearest_one(points, points[::7], np.random.default_rng(1)) == np.arange(len(points))[::7]).all()


def test_repulsion_on_a_grid_is_about_what_all_pairs_give() -> None:
    places = (np.random.default_rng(2).normal(size=(300, 2)) * 15).astype(np.float32)
    apart = places[:, None] - places[None]
    near = 1 / (1 + (apart**2).sum(axis=-1))
    np.fill_diagonal(near, 0)
    true = (apart * near[..., None] ** 2).sum(axis=1) / near.sum()
    found = Repulsion().of(places)
    # Between points closer than the grid's width it is smoothed; the whole is as it should be.
    assert np.linalg.norm(found - true) < 0.18 * np.linalg.norm(true)
    assert float((found * true).sum()) > 0.98 * np.linalg.norm(found) * np.linalg.norm(true)


def test_groups_lie_apart_and_their_members_together() -> None:
    points, of = groups([60, 40, 80, 50])
    places = laid_out(points)
    near = nearest(places, 5, np.random.default_rng(1))
    assert (of[near] == of[:, None]).mean() > 0.98
    assert (laid_out(points) == places).all(), "the same points give the same map"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 20])
def test_a_few_points_or_equal_ones_have_places_too(count: int) -> None:
    same = laid_out(np.ones((count, 5), np.float32))
    other = laid_out(np.random.default_rng(1).normal(size=(count, 1)).astype(np.float32))
    assert same.shape == other.shape == (count, 2)
    assert np.isfinite(same).all()
    assert np.isfinite(other).all()
    assert len(np.unique(other, axis=0)) == count


def test_continents_lie_side_by_side_and_take_the_whole_width() -> None:
    mapping = Mapping((continent(100, 60), continent(1, 30)))
    while not mapping.is_done:
        assert 0 <= mapping.share <= 1
        mapping.advance()
    places = mapping.places()
    assert places.files.tolist() == [*range(1, 31), *range(100, 160)]
    first, second = places.xy[places.files >= 100], places.xy[places.files < 100]
    assert first[:, 0].max() < second[:, 0].min()
    assert (places.xy.min(), places.xy.max()) == (0, 1)


def test_who_comes_later_stands_beside_its_neighbour_and_nobody_else_moves() -> None:
    points, of = groups([50, 50])
    files = np.arange(100)
    kept = files % 10 != 0
    old = Places(files[kept], (of[kept, None] + np.random.default_rng(1).random((90, 2)) / 9).astype(np.float32) / 2)
    new = completed(old, (Continent(files, points),))
    assert (new.files == files).all()
    assert (new.xy[kept] == old.xy).all()
    assert ((new.xy[~kept, 0] > 0.4) == of[~kept]).all()
    gone = completed(new, (Continent(files[5:], points[5:]),))
    assert gone.files.tolist() == files[5:].tolist()


def test_a_map_is_kept_and_a_damaged_one_is_none(tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = str(tmp_path_factory.mktemp("cache")).encode()
    assert load(cache) is None
    save(cache, Places(np.arange(3), np.full((3, 2), 0.5, np.float32)))
    found = load(cache)
    assert found is not None
    assert (found.files.tolist(), found.xy.tolist()) == ([0, 1, 2], [[0.5, 0.5]] * 3)
    path = cache.decode() + "/" + NAME.decode()
    with open(path, "r+b") as file:
        file.seek(200)
        file.write(b"\xff" * 40)
    assert load(cache) is None
    open(path, "wb").close()
    assert load(cache) is None
