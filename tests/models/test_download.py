"""A download ends whole and right or not at all, says why, and goes on where it broke off."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.models.loopback_hub import COMMIT, LoopbackHub, serving
from tests.waiting import PATIENCE_S, joined, until
from vexgui.core.errors import ChildFailed, DiskFull, ModelUnavailable, PermissionProblem
from vexgui.models.download import Download, stoppable
from vexgui.models.hub import transfer
from vexgui.models.hub.files import HubCache, HubFile, Source
from vexgui.models.hub.patience import GOES_ON, Patience

REPOSITORY = "somebody/some-model"
WEIGHTS = "open_clip_model.safetensors"
SOURCE = Source(REPOSITORY, first_of=(WEIGHTS, "open_clip_pytorch_model.bin"), all_of=("tokenizer.json",))
CONTENT = np.random.default_rng(1).bytes(600_000)
PATIENT = Patience(stall_s=20.0, pause_s=0.01, tries=2)
HASTY = Patience(stall_s=5.0, pause_s=0.01, tries=1)
"""For hubs that stall; a very busy computer may look like one to it."""
ENDLESS = Patience(stall_s=10 * PATIENCE_S)
"""For downloads that something else has to end."""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackHub]:
    """A hub with one model, which child processes take for the real one."""
    with serving(LoopbackHub()) as hub:
        hub.put(REPOSITORY, WEIGHTS, CONTENT)
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield hub


def fetched(folder: Path, *, source: Source = SOURCE, patience: Patience = PATIENT) -> bytes:
    """Fetch a source and return where its first file lies."""
    with Download(bytes(folder), patience) as download:
        download.fetch([source])
    return HubCache(bytes(folder)).path(source.repository, source.first_of)


def kept_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.partial"))


def leave(folder: Path, count: int) -> None:
    """Leave so much of the first file as a download does that was broken off."""
    file = HubFile(WEIGHTS, len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    partial = Path(os.fsdecode(HubCache(bytes(folder)).partial(REPOSITORY, file)))
    partial.parent.mkdir(parents=True)
    partial.write_bytes(CONTENT[:count])


def test_what_was_fetched_lies_where_the_hubs_library_looks_for_it(hub: LoopbackHub, tmp_path: Path) -> None:
    path = fetched(tmp_path)
    assert Path(os.fsdecode(path)).read_bytes() == CONTENT
    found = subprocess.run(
        [sys.executable, "-c", f"import huggingface_hub as h; print(h.hf_hub_download({REPOSITORY!r}, {WEIGHTS!r}))"],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(tmp_path / "models")},
        capture_output=True,
        check=True,
        text=True,
    )
    assert found.stdout.strip() == os.fsdecode(path)


def test_what_is_here_is_not_fetched_again(hub: LoopbackHub, tmp_path: Path) -> None:
    fetched(tmp_path)
    fetched(tmp_path)
    assert [path for path, _ in hub.requests].count(f"/{REPOSITORY}/resolve/{COMMIT}/{WEIGHTS}") == 1


@pytest.mark.parametrize("spoilt", [CONTENT[:1000], CONTENT[:-1] + bytes([CONTENT[-1] ^ 1])])
def test_what_was_spoilt_since_it_came_is_fetched_again(hub: LoopbackHub, tmp_path: Path, spoilt: bytes) -> None:
    path = Path(os.fsdecode(fetched(tmp_path)))
    path.resolve().write_bytes(spoilt)
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT


def test_safe_weights_are_preferred_and_others_taken_where_there_are_none(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.put(REPOSITORY, "open_clip_pytorch_model.bin", b"pickled")
    assert fetched(tmp_path).endswith(WEIGHTS.encode())
    hub.files.clear()
    hub.put("other/model", "open_clip_pytorch_model.bin", b"pickled")
    source = Source("other/model", SOURCE.first_of)
    assert fetched(tmp_path, source=source).endswith(b"open_clip_pytorch_model.bin")


def test_small_files_are_checked_by_the_digest_git_has_for_them(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.put(REPOSITORY, "tokenizer.json", b"{}", large=False)
    fetched(tmp_path)
    assert HubCache(bytes(tmp_path)).path(REPOSITORY, ["tokenizer.json"])
    hub.put("other/model", "tokenizer.json", b"{}", large=False)
    hub.announced["tokenizer.json"] = {"blobId": "1" * 40}
    with pytest.raises(ModelUnavailable, match="not what it had announced"):
        fetched(tmp_path, source=Source("other/model", all_of=("tokenizer.json",)))


def test_progress_ends_with_all_bytes(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.piece_pause_s = 0.03
    told: list[tuple[int, int]] = []
    with Download(bytes(tmp_path), PATIENT) as download:
        download.fetch([SOURCE], lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert any(0 < done < total for done, total in told)


def test_connections_that_break_are_made_again_from_where_they_broke(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.cut_after = 100_000
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT
    starts = [given for path, given in hub.requests if path.endswith(WEIGHTS)]
    assert starts == ["", *(f"bytes={start}-" for start in range(100_000, 600_000, 100_000))]


def test_a_hub_that_sends_no_parts_is_borne_with(hub: LoopbackHub, tmp_path: Path) -> None:
    leave(tmp_path, 100_000)
    hub.ranges = False
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT
    assert [given for path, given in hub.requests if path.endswith(WEIGHTS)] == ["bytes=100000-"]


def test_another_page_in_place_of_a_part_costs_nothing_of_what_came(hub: LoopbackHub, tmp_path: Path) -> None:
    leave(tmp_path, 250_000)
    hub.ranges, hub.lie_bytes = False, -599_000
    with pytest.raises(ModelUnavailable, match=r"broke off; 0\.2 of 0\.6 MB are here and kept"):
        fetched(tmp_path)
    assert kept_bytes(tmp_path) == 250_000


def test_a_stalled_connection_is_given_up_and_what_came_is_kept_and_used(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.stall_at = 250_000
    with pytest.raises(ModelUnavailable, match="Nothing came from the hub any more") as caught:
        fetched(tmp_path, patience=HASTY)
    assert caught.value.remedy == GOES_ON
    assert kept_bytes(tmp_path) == 250_000
    hub.stall_at = None
    hub.requests.clear()
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT
    assert [given for path, given in hub.requests if path.endswith(WEIGHTS)] == ["bytes=250000-"]


def test_a_connection_that_only_trickles_is_given_up(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.piece_bytes, hub.piece_pause_s = 1, 0.05
    with pytest.raises(ModelUnavailable, match="Nothing came from the hub any more"):
        fetched(tmp_path, patience=HASTY)


def test_a_hub_that_goes_down_midway_is_told_as_that(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.cut_after = 0
    with pytest.raises(ModelUnavailable, match=r"broke off; 0\.0 of 0\.6 MB are here and kept"):
        fetched(tmp_path)


def test_a_hub_out_of_order_is_told_as_that(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.deny[f"/{REPOSITORY}/resolve"] = 503
    with pytest.raises(ModelUnavailable, match=r"out of order \(HTTP 503\)"):
        fetched(tmp_path)
    hub.deny["/api"] = 500
    with pytest.raises(ModelUnavailable, match=r"out of order \(HTTP 500\)"):
        fetched(tmp_path)


def test_a_file_the_hub_keeps_to_itself_is_not_asked_for_again_and_again(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.deny[f"/{REPOSITORY}/resolve"] = 403
    with pytest.raises(ModelUnavailable, match=r"does not give out .*\(HTTP 403\)"):
        fetched(tmp_path)
    assert len([path for path, _ in hub.requests if path.endswith(WEIGHTS)]) == 1


def test_a_repository_that_is_gone_is_told_as_that(hub: LoopbackHub, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="does not give out nobody/nothing"):
        fetched(tmp_path, source=Source("nobody/nothing", (WEIGHTS,)))


def test_without_a_network_one_sentence_says_so_and_nothing_is_left_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nothing answers there
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(ModelUnavailable, match="There is no network") as caught:
        fetched(tmp_path)
    assert caught.value.remedy.startswith("Connect to a network")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("wrong", [{"size": 600_001}, {"size": 599_999}, {"size": 0}])
def test_a_file_of_another_length_than_announced_is_removed(
    hub: LoopbackHub, tmp_path: Path, wrong: dict[str, int]
) -> None:
    hub.announced[WEIGHTS] = wrong
    with pytest.raises(ModelUnavailable, match="not what it had announced; it was removed"):
        fetched(tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_more_bytes_than_come_may_be_promised_for_a_connection(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.lie_bytes = 200_000
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT


def test_fewer_bytes_than_needed_promised_for_a_connection_are_told_as_broken_off(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    hub.lie_bytes = -200_000
    with pytest.raises(ModelUnavailable, match=r"broke off; 0\.4 of 0\.6 MB"):
        fetched(tmp_path)
    hub.lie_bytes = 0
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT


def test_a_file_of_another_digest_than_announced_is_removed_and_said_so(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.announced[WEIGHTS] = {"lfs": {"sha256": "0" * 64, "size": len(CONTENT), "pointerSize": 134}}
    with pytest.raises(ModelUnavailable, match="not what it had announced; it was removed"):
        fetched(tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    hub.announced.clear()
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("name", "lie"),
    [
        ("", {"sha": "../../../../tmp"}),
        ("", {"siblings": "none"}),
        ("", {"sha": None}),
        (WEIGHTS, {"size": -5}),
        (WEIGHTS, {"size": "many"}),
        (WEIGHTS, {"lfs": {"sha256": "../../escaped", "size": 1, "pointerSize": 1}}),
        (WEIGHTS, {"lfs": None, "blobId": "x/y"}),
    ],
)
def test_a_listing_that_makes_no_sense_is_refused(
    hub: LoopbackHub, tmp_path: Path, name: str, lie: dict[str, object]
) -> None:
    hub.announced[name] = lie
    with pytest.raises(ModelUnavailable, match="makes no sense"):
        fetched(tmp_path / "cache")
    assert not list(tmp_path.iterdir())


def test_names_that_lead_elsewhere_are_never_followed(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.put(REPOSITORY, "../../../escaped.safetensors", b"evil")
    fetched(tmp_path)
    assert not list(tmp_path.rglob("*escaped*"))


def test_a_download_is_stopped_at_once_and_goes_on_later(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.stall_at = 250_000
    stop = threading.Event()
    stopped: list[str] = []

    def work() -> None:
        with (
            Download(bytes(tmp_path), ENDLESS) as download,
            pytest.raises(ModelUnavailable) as caught,
            stoppable(stop, "The download of M", download.close),
        ):
            download.fetch([SOURCE])
        stopped.append(caught.value.message)

    thread = threading.Thread(target=work)
    thread.start()
    until(lambda: kept_bytes(tmp_path) == 250_000, "a part had come")
    stop.set()
    joined(thread)
    assert stopped == ["The download of M was stopped."]
    hub.stall_at = None
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT


def test_a_download_that_was_killed_goes_on_where_it_was(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.stall_at = 300_000
    with Download(bytes(tmp_path), ENDLESS) as download:
        thread = threading.Thread(target=fails, args=(download,))
        thread.start()
        until(lambda: kept_bytes(tmp_path) == 300_000, "a part had come")
        process = download._child._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        joined(thread)
    hub.stall_at = None
    hub.requests.clear()
    assert Path(os.fsdecode(fetched(tmp_path))).read_bytes() == CONTENT
    assert [given for path, given in hub.requests if path.endswith(WEIGHTS)] == ["bytes=300000-"]


def test_two_processes_do_not_write_into_one_file(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.stall_at = 100_000
    with Download(bytes(tmp_path), ENDLESS) as first:
        thread = threading.Thread(target=fails, args=(first,))
        thread.start()
        until(lambda: kept_bytes(tmp_path) == 100_000, "a part had come")
        with pytest.raises(ModelUnavailable, match="Another process is fetching this model"):
            fetched(tmp_path)
        first.close()
        joined(thread)


def test_a_disk_too_small_is_told_before_anything_is_fetched(hub: LoopbackHub, tmp_path: Path) -> None:
    size = 1 << 60
    hub.announced[WEIGHTS] = {"size": size}
    with pytest.raises(DiskFull, match="no room for the model"):
        fetched(tmp_path)
    assert not [path for path, _ in hub.requests if path.endswith(WEIGHTS)]


def test_a_disk_that_fills_up_meanwhile_is_told_as_that(
    hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int, _data: bytes, _place: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    file = HubFile(WEIGHTS, len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    url = f"{hub.address}/{REPOSITORY}/resolve/{COMMIT}/{WEIGHTS}"
    with pytest.raises(DiskFull, match="no room for the model"):
        transfer.fetch(url, file, bytes(tmp_path / "whole"), bytes(tmp_path / "partial"), PATIENT)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_cache_that_may_not_be_written_is_told_as_that(hub: LoopbackHub, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir(mode=0o500)
    with pytest.raises(PermissionProblem, match="may not be written"):
        fetched(tmp_path)


def test_what_was_fetched_can_be_removed(hub: LoopbackHub, tmp_path: Path) -> None:
    fetched(tmp_path)
    cache = HubCache(bytes(tmp_path))
    assert cache.remove(REPOSITORY) >= len(CONTENT)
    assert cache.path(REPOSITORY, [WEIGHTS]) == b""
    assert cache.remove(REPOSITORY) == 0


def test_the_users_token_is_not_sent(hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fetched(tmp_path)
    assert hub.requests
    assert not hub.tokens


def fails(download: Download) -> None:
    """Fetch what will not come, because the process that fetches it is ended."""
    with pytest.raises(ChildFailed):
        download.fetch([SOURCE])
