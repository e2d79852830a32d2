"""Small real files, made by hand, for the tests of the readers."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from PIL import Image, ImageDraw, ImageFont

ORIENTATION, DESCRIPTION, MAKE, MODEL, SOFTWARE = 0x0112, 0x010E, 0x010F, 0x0110, 0x0131
EXIF_PART, TAKEN, USER_COMMENT = 0x8769, 0x9003, 0x9286
GPS_PART = 0x8825
XP_TITLE, RATING = 0x9C9B, 0x4746


def pdf(pages: Sequence[str | bytes], title: str = "", author: str = "", *, encrypted: bool = False) -> bytes:
    """Return a PDF with one line of Helvetica a text line, 300 by 200 points a page; bytes are a JPEG that fills it."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    font = add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    parent = len(pages) * 2 + 2 + sum(isinstance(page, bytes) for page in pages)
    kids = []
    for page in pages:
        resources = b"/Font<</F1 %d 0 R>>" % font
        if isinstance(page, bytes):
            resources = b"/XObject<</I1 %d 0 R>>" % add(_image(page))
            stream = b"300 0 0 200 0 0 cm /I1 Do"
        else:
            lines = b" T* ".join(b"(%b) Tj" % _escaped(line) for line in page.split("\n"))
            stream = b"BT /F1 12 Tf 14 TL 20 170 Td %b ET" % lines
        content = add(b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream))
        kids.append(
            add(
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 300 200]/Contents %d 0 R/Resources<<%b>>>>"
                % (parent, content, resources)
            )
        )
    add(b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    root = add(b"<</Type/Catalog/Pages %d 0 R>>" % parent)
    info = add(b"<</Title(%b)/Author(%b)>>" % (_escaped(title), _escaped(author)))
    trailer = b"/Root %d 0 R/Info %d 0 R" % (root, info)
    if encrypted:
        lock = add(b"<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>" % (b"41" * 32, b"42" * 32))
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % lock
    return _pdf_file(objects, trailer)


def _image(jpeg: bytes) -> bytes:
    width, height = Image.open(BytesIO(jpeg)).size
    head = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % (width, height)
    return head + b"/Filter/DCTDecode/Length %d>>stream\n%b\nendstream" % (len(jpeg), jpeg)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _pdf_file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP file of parts; one called mimetype is stored, not compressed, as OpenDocument wants it."""
    sink = BytesIO()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return sink.getvalue()


def docx(paragraphs: Sequence[str], title: str = "", author: str = "") -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": _core(title, author),
        }
    )


def _core(title: str, author: str) -> str:
    return (
        '<c:coreProperties xmlns:c="urn:core" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></c:coreProperties>"
    )


def _relations(targets: Sequence[str]) -> str:
    entries = "".join(f'<Relationship Id="r{n}" Target="{target}"/>' for n, target in enumerate(targets, 1))
    return f'<Relationships xmlns="urn:relations">{entries}</Relationships>'


_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def pptx(slides: Sequence[str]) -> bytes:
    """Return slides whose files are numbered backwards: only the presentation's list tells their order."""
    files = [f"slides/slide{len(slides) - n}.xml" for n in range(len(slides))]
    ids = "".join(f'<p:sldId r:id="r{n}"/>' for n in range(1, len(slides) + 1))
    main = f'<p:presentation xmlns:p="urn:p" {_R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>'
    return package(
        {
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": _relations(files),
            **{
                f"ppt/{file}": f'<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
                for file, text in zip(files, slides, strict=True)
            },
        }
    )


def xlsx(sheet: str, rows: Sequence[Sequence[str | float]]) -> bytes:
    shared = [cell for row in rows for cell in row if isinstance(cell, str)]

    def cell(value: str | float) -> str:
        return f'<c t="s"><v>{shared.index(value)}</v></c>' if isinstance(value, str) else f"<c><v>{value}</v></c>"

    body = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
    main = f'<workbook xmlns="urn:m" {_R}><sheets><sheet name="{sheet}" r:id="r1"/></sheets></workbook>'
    return package(
        {
            "xl/workbook.xml": main,
            "xl/_rels/workbook.xml.rels": _relations(["worksheets/sheet1.xml"]),
            "xl/sharedStrings.xml": f'<sst xmlns="urn:m">{"".join(f"<si><t>{text}</t></si>" for text in shared)}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="urn:m"><sheetData>{body}</sheetData></worksheet>',
        }
    )


def opendocument(kind: str, body: str, title: str = "") -> bytes:
    """Return an OpenDocument file; ``kind`` is "text", "spreadsheet" or "presentation", ``body`` its XML."""
    return package(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": (
                '<o:document-content xmlns:o="urn:office" xmlns:text="urn:text" xmlns:table="urn:table"'
                f' xmlns:draw="urn:draw"><o:body><o:{kind}>{body}</o:{kind}></o:body></o:document-content>'
            ),
            "meta.xml": f'<o:meta xmlns:o="urn:office" xmlns:dc="urn:dc"><dc:title>{title}</dc:title></o:meta>',
        }
    )


def epub(chapters: Sequence[str], title: str, author: str) -> bytes:
    items = "".join(f'<item id="c{n}" href="text/chapter%20{n}.xhtml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    return package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/book.opf": (
                '<package xmlns="urn:opf" xmlns:dc="urn:dc"><metadata>'
                f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></metadata>"
                f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
            ),
            **{
                f"OPS/text/chapter {n}.xhtml": f"<?xml version='1.0'?><html><body><p>{text}</p></body></html>"
                for n, text in enumerate(chapters)
            },
        }
    )


def two_colours(size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, (220, 20, 20))
    image.paste((20, 20, 220), (size[0] // 2, 0, *size))
    return image


def written(*lines: str, size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Return a picture of lines of text, black on white, in the typeface that Pillow brings."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((40, 40 + 60 * number), line, "black", ImageFont.load_default(size=36))
    return image


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    """Return a picture in a file format of Pillow's."""
    sink = BytesIO()
    image.save(sink, form, **options)  # type: ignore[arg-type]
    return sink.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """Return a PNG that claims a size in its header and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def iptc_block(caption: str, keywords: Sequence[str], title: str = "", author: str = "") -> bytes:
    """Return a JPEG APP13 payload with what IPTC says."""
    fields = [(5, title), (80, author), (120, caption), *((25, word) for word in keywords)]
    data = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text.encode())) + text.encode() for number, text in fields
    )
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)


def with_segment(jpeg: bytes, marker: int, payload: bytes) -> bytes:
    """Return a JPEG with one more segment right after its first two bytes."""
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload + jpeg[2:]


def xmp(title: str, description: str, subjects: Sequence[str], rating: str = "") -> bytes:
    """Return an XMP packet with Dublin Core title, description and subjects."""
    stars = f' xmlns:x="http://ns.adobe.com/xap/1.0/" x:Rating="{rating}"' if rating else ""
    bag = "".join(f"<rdf:li>{subject}</rdf:li>" for subject in subjects)
    return (
        '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<rdf:Description{stars}><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:description><rdf:Alt><rdf:li>{description}</rdf:li></rdf:Alt></dc:description>"
        f"<dc:subject><rdf:Bag>{bag}</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()
