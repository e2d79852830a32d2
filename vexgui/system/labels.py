"""Labels that the desktop keeps on files as attributes: tags and a rating.

As Dolphin and Baloo have them (KFileMetaData, usermetadata.cpp): `user.xdg.tags` holds tags as UTF-8 with commas
between them, `user.baloo.rating` a decimal number up to 10, two for each star. Where there are none the attribute is
missing.
"""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vexgui.core.errors import UsageProblem
from vexgui.core.files import NO_LABELS, FileStat, Labels
from vexgui.system import attributes
from vexgui.system.attributes import AttributeRefused

TAGS = b"user.xdg.tags"
RATING = b"user.baloo.rating"
MOST_STARS = 10
"""The highest rating, counted in half stars."""
_LONGEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class LabelChange:
    """What is to be done to the labels of a file; of itself nothing.

    Attributes:
        add: Tags that it gets.
        remove: Tags that it loses.
        rating: 1 to 10; 0 where nobody has rated it from then on, None to leave what there is.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    rating: int | None = None

    def apply(self, descriptor: int) -> None:
        """Do it to an open file.

        Raises:
            AttributeRefused: A label could not be written; the old ones are still there.
        """
        if self.add or self.remove:
            change_tags(descriptor, self.add, self.remove)
        if self.rating is not None:
            set_rating(descriptor, self.rating)


NO_CHANGE = LabelChange()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file whose labels were changed, or only read.

    Attributes:
        before: Its stat before that.
        after: And after it.
        labels: What they are now.
    """

    before: FileStat
    after: FileStat
    labels: Labels


def labelled(path: bytes, change: LabelChange) -> Labelled:
    """Change the labels of a file.

    Raises:
        AttributeRefused: It cannot be opened, or a label could not be written.
    """
    descriptor = attributes.open_for_attributes(path)
    try:
        before = attributes.stat_of(descriptor)
        change.apply(descriptor)
        # Labels come last: those that change from here on move the file's ctime once more.
        return Labelled(before, attributes.stat_of(descriptor), read_labels(descriptor))
    finally:
        os.close(descriptor)


def read_labels(file: int | bytes) -> Labels:
    """Return the labels of a file; a file whose attributes cannot be read has none.

    Args:
        file: An open file, or a path; a symbolic link is not followed.
    """
    try:
        tags, rating = attributes.read(file, TAGS), attributes.read(file, RATING)
    except AttributeRefused:
        return NO_LABELS
    if tags is None and rating is None:
        return NO_LABELS
    return Labels(tuple(sorted({_text(tag) for tag in _tags(tags)})), _number(rating))


def change_tags(descriptor: int, add: Sequence[str], remove: Collection[str]) -> None:
    """Give a file tags and take others from it; those it keeps stay in their order and in their bytes.

    Raises:
        AttributeRefused: They could not be written; the old ones are still there.
    """
    before = _tags(attributes.read(descriptor, TAGS))
    kept = [tag for tag in before if _text(tag) not in remove]
    there = {_text(tag) for tag in kept}
    after = [*kept, *(tag.encode() for tag in dict.fromkeys(add) if tag not in there)]
    if after != before:
        _put(descriptor, TAGS, b",".join(after))


def set_rating(descriptor: int, rating: int | None) -> None:
    """Rate a file, 1 to 10; with None or 0 nobody has rated it.

    Raises:
        AttributeRefused: It could not be written; the old one is still there.
    """
    value = str(rating).encode() if rating else b""
    if value != (attributes.read(descriptor, RATING) or b""):
        _put(descriptor, RATING, value)


def insist_on_tag(tag: str, unwanted: Collection[str] = ()) -> None:
    """Refuse what cannot be given to a file as a tag.

    Raises:
        UsageProblem: It is empty, has a comma or a control character, is no Unicode, or begins or ends with a blank; or
            it is one of the unwanted ones.
    """
    if not (tag == tag.strip() != "" and tag.isprintable() and "," not in tag):
        shown = tag.encode("utf-8", "replace").decode()
        raise UsageProblem(f"“{shown}” cannot be a tag.", "A tag is a word or some words without a comma.")
    if tag in unwanted:
        raise UsageProblem(f"The tag “{tag}” cannot be added and removed at once.", "Leave out one of both.")


def insist_on_rating(rating: int | None) -> None:
    """Refuse what cannot be a rating.

    Raises:
        UsageProblem: It is no number from 0 to 10.
    """
    if rating is not None and not 0 <= rating <= MOST_STARS:
        raise UsageProblem(f"{rating} cannot be a rating.", "A rating is a number from 0 to 10, two for each star.")


def _tags(value: bytes | None) -> list[bytes]:
    """Return tags as they lie in the attribute; early programs wrote a blank after each comma."""
    return [tag for part in (value or b"").split(b",") if (tag := part.strip())]


def _text(tag: bytes) -> str:
    return tag.decode("utf-8", "replace")


def _number(value: bytes | None) -> int | None:
    """Return a rating; None for 0, which the desktop shows as no star, and for what is no number up to 10."""
    digits = (value or b"").strip()
    number = int(digits) if digits.isdigit() and len(digits) <= _LONGEST_NUMBER else 0
    return number if 0 < number <= MOST_STARS else None


def _put(descriptor: int, name: bytes, value: bytes) -> None:
    if value:
        attributes.write(descriptor, name, value)
    else:
        attributes.remove(descriptor, name)
