"""Made-up vectors are like embeddings, and the exact answer is exact."""

import numpy as np

from vexgui.bench.made_up import DIM, clustered, near, nearest, number_of, recall, update


def test_vectors_are_of_unit_length_and_the_same_every_time() -> None:
    vectors = clustered(np.random.default_rng(7), 50)
    assert vectors.shape == (50, DIM)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors, clustered(np.random.default_rng(7), 50))


def test_a_vector_near_another_finds_that_one_first() -> None:
    random = np.random.default_rng(7)
    vectors = clustered(random, 200)
    queries = near(random, vectors[:20])
    assert nearest(vectors, queries, 3)[:, 0].tolist() == list(range(20))


def test_the_nearest_are_those_of_a_full_sort() -> None:
    random = np.random.default_rng(3)
    vectors, queries = clustered(random, 300), clustered(random, 5)
    assert np.array_equal(nearest(vectors, queries, 10), np.argsort(-(queries @ vectors.T), axis=1)[:, :10])


def test_recall_counts_what_is_found_in_any_order() -> None:
    best = np.array([[1, 2, 3, 4], [5, 6, 7, 8]])
    assert recall(best[:, ::-1], best) == 1.0
    assert recall(np.array([[1, 2, 9, 9], [-1, -1, -1, -1]]), best) == 0.25


def test_a_file_knows_the_number_it_was_made_up_with() -> None:
    vector = np.zeros(DIM, np.float32)
    assert [number_of(update(number, vector).path) for number in (0, 999, 123_456)] == [0, 999, 123_456]
