"""Which files cannot be read for want of a library, and what is to be done about it."""

from vexgui.extract.available import LIBRARIES, OCR, VIDEO, is_installed, lacking
from vexgui.extract.formats import BY_SUFFIX


def test_files_that_need_a_missing_library_are_counted_with_the_remedy() -> None:
    counts = {"video/mp4": 1000, "video/webm": 200, "image/heif": 1, "text/plain": 5}
    assert lacking(counts, lambda library: library is OCR) == (
        "1,200 videos cannot be looked into: pip install 'vexgui[video]'.",
        "1 HEIC picture cannot be shown: pip install 'vexgui[pictures]'.",
    )


def test_nothing_is_missed_that_is_there_or_that_no_file_needs() -> None:
    assert lacking({"video/mp4": 3}, lambda _: True) == ()
    assert lacking({"text/plain": 3}, lambda _: False) == ()


def test_every_library_is_for_formats_that_are_known() -> None:
    known = {form.mime for form in BY_SUFFIX.values()}
    for library in LIBRARIES:
        assert library.formats
        assert library.formats <= known


def test_a_library_is_looked_for_without_being_loaded() -> None:
    import sys

    before = set(sys.modules)
    is_installed(VIDEO)
    assert not {"av", "cv2"} & (set(sys.modules) - before)
