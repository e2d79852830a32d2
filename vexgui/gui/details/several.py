"""What several selected files are together."""

import os
from collections import Counter
from collections.abc import Sequence

from vexgui.core.hits import Hit
from vexgui.core.paths import folder_of
from vexgui.gui.language import tr, trn
from vexgui.gui.wording import kind_counted, known_as, moment, number, size

Row = tuple[str, str]


def title_of(count: int) -> str:
    """Return how many files are selected."""
    return trn("{count} file selected", "{count} files selected", count).format(count=number(count))


def folder_of_all(hits: Sequence[Hit]) -> str:
    """Return the deepest folder that all lie in, or how many folders where they have none but the root in common."""
    folders = {folder_of(hit.path) for hit in hits}
    common = os.path.commonpath(list(folders))
    if common == b"/" and len(folders) > 1:
        return tr("in {count} folders").format(count=number(len(folders)))
    return known_as(common)


def rows_of_several(hits: Sequence[Hit], count: int) -> list[Row]:
    """Return a summary of files; of ``count`` that are selected these are the ones that are known here."""
    kinds = Counter(hit.kind for hit in hits)
    named = [kind_counted(kind, found) for kind, found in kinds.most_common()]
    folders = len({folder_of(hit.path) for hit in hits})
    times = sorted(hit.mtime_ns for hit in hits)
    total = size(sum(hit.size for hit in hits))
    if len(hits) < count:
        total = tr("{size} in the first {number}").format(size=total, number=number(len(hits)))
    rows = [
        (tr("Size"), total),
        (tr("Kinds"), ", ".join(named)),
        (tr("Folders"), number(folders) if folders > 1 else ""),
        (tr("Oldest"), moment(times[0])),
        (tr("Newest"), moment(times[-1])),
        (tr("Copies"), number(copies) if (copies := sum(len(hit.copies) for hit in hits)) else ""),
    ]
    return [(label, value) for label, value in rows if value]
