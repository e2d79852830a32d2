"""A small PDF writer: pages of wrapped Helvetica text and filled shapes, always the same bytes for the same input."""

from dataclasses import dataclass, field

Colour = tuple[float, float, float]

PAGE_WIDTH = 595.0
PAGE_HEIGHT = 842.0
MARGIN = 72.0
INK: Colour = (0.15, 0.17, 0.2)

_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica-Oblique"}

# Advance widths of Helvetica for the characters from space to tilde, in thousandths of the size (Adobe's metrics).
_WIDTHS = (
    [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278]
    + [556] * 10
    + [278, 278, 584, 584, 584, 556, 1015]
    + [667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833]
    + [722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611]
    + [278, 278, 278, 469, 556, 333]
    + [556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833]
    + [556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500]
    + [334, 260, 334, 584]
)


def width_of(text: str, size: float) -> float:
    """Return the width of a line in points; bold and accented letters are taken as wide as plain ones."""
    return sum(_WIDTHS[ord(c) - 32] if " " <= c <= "~" else 556 for c in text) * size / 1000


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break a paragraph into lines that fit a width in points."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


@dataclass(slots=True)
class Page:
    """One A4 page that is written from the top; `cursor` is the next baseline, in points from the bottom."""

    cursor: float = PAGE_HEIGHT - MARGIN
    operations: list[bytes] = field(default_factory=list)

    def write(
        self, text: str, x: float, y: float, size: float, font: str = "F1", ink: Colour = (0.15, 0.17, 0.2)
    ) -> None:
        """Put one line of text with its baseline at a point."""
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        red, green, blue = ink
        head = f"BT /{font} {size:g} Tf {red:g} {green:g} {blue:g} rg {x:.2f} {y:.2f} Td ("
        self.operations.append(head.encode() + escaped.encode("cp1252") + b") Tj ET")

    def heading(self, text: str, size: float = 17, ink: Colour = (0.1, 0.32, 0.3)) -> None:
        """Write a bold line at the cursor."""
        self.cursor -= size * 1.5
        self.write(text, MARGIN, self.cursor, size, "F2", ink)
        self.cursor -= size * 0.25

    def paragraph(self, text: str, size: float = 11, font: str = "F1", indent: float = 0) -> None:
        """Write wrapped text at the cursor."""
        for line in wrapped(text, size * (1.04 if font == "F2" else 1), PAGE_WIDTH - 2 * MARGIN - indent):
            self.cursor -= size * 1.4
            self.write(line, MARGIN + indent, self.cursor, size, font)
        self.cursor -= size * 0.7

    def box(self, x: float, y: float, width: float, height: float, ink: Colour) -> None:
        """Fill a rectangle."""
        self._fill(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re", ink)

    def polygon(self, points: list[tuple[float, float]], ink: Colour) -> None:
        """Fill a polygon."""
        (x, y), *rest = points
        self._fill(f"{x:.2f} {y:.2f} m " + " ".join(f"{a:.2f} {b:.2f} l" for a, b in rest), ink)

    def ellipse(self, x: float, y: float, rx: float, ry: float, ink: Colour) -> None:
        """Fill an ellipse around a point."""
        kx, ky = rx * 0.5523, ry * 0.5523
        self._fill(
            f"{x + rx:.2f} {y:.2f} m "
            f"{x + rx:.2f} {y + ky:.2f} {x + kx:.2f} {y + ry:.2f} {x:.2f} {y + ry:.2f} c "
            f"{x - kx:.2f} {y + ry:.2f} {x - rx:.2f} {y + ky:.2f} {x - rx:.2f} {y:.2f} c "
            f"{x - rx:.2f} {y - ky:.2f} {x - kx:.2f} {y - ry:.2f} {x:.2f} {y - ry:.2f} c "
            f"{x + kx:.2f} {y - ry:.2f} {x + rx:.2f} {y - ky:.2f} {x + rx:.2f} {y:.2f} c",
            ink,
        )

    def _fill(self, path: str, ink: Colour) -> None:
        red, green, blue = ink
        self.operations.append(f"{red:g} {green:g} {blue:g} rg {path} f".encode())


def document(pages: list[Page], title: str, author: str, created: str) -> bytes:
    """Return a whole PDF file.

    Args:
        pages: At least one.
        title: The document's title.
        author: The document's author.
        created: Time of creation as PDF writes it, for example ``D:20240310120000Z``.
    """
    fonts = " ".join(f"/{key} {number} 0 R" for number, key in enumerate(_FONTS, 4))
    first = 4 + len(_FONTS)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Title ({title}) /Author ({author}) /CreationDate ({created}) >>".encode("cp1252"),
    ]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        for name in _FONTS.values()
    ]
    for i, page in enumerate(pages):
        stream = b"\n".join(page.operations)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH:g} {PAGE_HEIGHT:g}] "
            f"/Resources << /Font << {fonts} >> >> /Contents {first + 2 * i + 1} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    """Number the objects, and add header, cross-reference table and trailer."""
    data = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n" + "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + table.encode() + trailer.encode()
