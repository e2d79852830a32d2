"""The formats VexGUI knows by name: for each its kind, its media type, its name in words, and what reads it."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from vexgui.core.files import Kind


class Reader(Enum):
    """What reads a format's contents."""

    NONE = auto()
    """Nothing does: the file is found by its name and place."""
    PROSE = auto()
    CODE = auto()
    NOTEBOOK = auto()
    MAIL = auto()
    MAILBOX = auto()
    CALENDAR = auto()
    CONTACTS = auto()
    TABLE = auto()
    DESKTOP_ENTRY = auto()
    MARKUP = auto()
    PDF = auto()
    OFFICE = auto()
    OLD_OFFICE = auto()
    RTF = auto()
    PICTURE = auto()
    RAW = auto()
    DRAWING = auto()
    AUDIO = auto()
    VIDEO = auto()
    ARCHIVE = auto()
    FONT = auto()


@dataclass(frozen=True, slots=True)
class Format:
    """One format of files.

    Attributes:
        kind: What a person would call the file.
        reader: What reads its contents.
        mime: Its media type.
        words: Its name in words, to follow "a" or stand alone: "picture", "PDF document".
    """

    kind: Kind
    reader: Reader
    mime: str
    words: str


UNKNOWN: Final = Format(Kind.OTHER, Reader.NONE, "application/octet-stream", "file")
PLAIN_TEXT: Final = Format(Kind.TEXT, Reader.PROSE, "text/plain", "text file")
SCRIPT: Final = Format(Kind.CODE, Reader.CODE, "text/x-script", "script")

_PICTURES = """
    image/jpeg                  jpg jpeg jpe jfif
    image/png                   png apng
    image/webp                  webp
    image/gif                   gif
    image/bmp                   bmp dib
    image/tiff                  tif tiff
    image/avif                  avif
    image/jp2                   jp2 j2k jpx
    image/x-portable-anymap     ppm pgm pbm pnm
    image/x-tga                 tga
    image/vnd.microsoft.icon    ico
    image/heif                  heic heif hif
    image/jxl                   jxl
"""

_OPAQUE_PICTURES = """
    image/vnd.adobe.photoshop   psd
    image/x-xcf                 xcf
    application/x-krita         kra
    application/postscript      eps ai
"""

_PROSE = """
    text/plain                  text file                 txt text nfo
    text/markdown               Markdown text             md markdown mdown
    text/x-rst                  reStructuredText          rst
    text/asciidoc               AsciiDoc text             adoc asciidoc
    text/org                    Org notes                 org
    text/x-tex                  LaTeX document            tex ltx
    text/x-bibtex               bibliography              bib
    application/x-subrip        subtitles                 srt
    text/vtt                    subtitles                 vtt
"""

_RECORDS = """
    text/x-log                  log file                  log
    text/x-gettext              translation               po pot
"""

_CODE = """
    text/x-python               Python source code        py pyi pyw
    text/javascript             JavaScript source code    js mjs cjs jsx
    text/x-typescript           TypeScript source code    ts mts cts tsx
    text/x-c                    C source code             c h
    text/x-c++                  C++ source code           cpp cc cxx c++ hpp hh hxx
    text/x-csharp               C# source code            cs
    text/x-java                 Java source code          java
    text/x-kotlin               Kotlin source code        kt kts
    text/x-go                   Go source code            go
    text/rust                   Rust source code          rs
    text/x-ruby                 Ruby source code          rb
    application/x-php           PHP source code           php
    application/x-perl          Perl source code          pl pm
    application/x-shellscript   shell script              sh bash zsh fish ksh
    text/x-lua                  Lua source code           lua
    text/x-r                    R source code             r
    text/x-julia                Julia source code         jl
    text/x-swift                Swift source code         swift
    text/x-objective-c          Objective-C source code   m mm
    text/x-scala                Scala source code         scala sbt
    text/x-haskell              Haskell source code       hs lhs
    text/x-ocaml                OCaml source code         ml mli
    text/x-elixir               Elixir source code        ex exs
    text/x-erlang               Erlang source code        erl hrl
    text/x-clojure              Clojure source code       clj cljs cljc edn
    text/x-lisp                 Lisp source code          lisp lsp el scm rkt
    text/x-dart                 Dart source code          dart
    text/x-zig                  Zig source code           zig
    text/x-nim                  Nim source code           nim
    text/x-d                    D source code             d
    text/x-pascal               Pascal source code        pas pp
    text/x-fortran              Fortran source code       f f77 f90 f95 f03 for
    text/x-asm                  assembly source code      asm s
    text/x-verilog              Verilog source code       v sv svh
    text/x-vhdl                 VHDL source code          vhd vhdl
    text/x-groovy               Groovy source code        groovy gradle
    text/x-basic                Basic source code         bas vb
    text/x-qml                  QML source code           qml
    application/sql             SQL script                sql
    text/css                    style sheet               css scss sass less
    text/x-vue                  web component             vue svelte
    application/x-powershell    PowerShell script         ps1 psm1
    application/x-bat           batch script              bat cmd
    application/json            JSON data                 json jsonl ndjson json5 geojson
    application/yaml            YAML data                 yaml yml
    application/toml            TOML data                 toml
    application/xml             XML data                  xml xsd xsl xslt rng gpx kml
    text/x-ini                  configuration file        ini cfg conf properties service env
    text/x-protobuf             interface definition      proto graphql gql thrift
    text/x-cmake                build script              cmake mk mak ninja bzl
    text/x-terraform            Terraform configuration   tf tfvars hcl
    text/x-nix                  Nix expression            nix
    text/x-diff                 patch                     diff patch
"""

_DOCUMENTS = (
    (Reader.PDF, "application/pdf", "PDF document", "pdf"),
    (Reader.MARKUP, "text/html", "web page", "html htm xhtml xht"),
    (Reader.OFFICE, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text document", "docx"),
    (Reader.OFFICE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "spreadsheet", "xlsx xlsm"),
    (Reader.OFFICE, "application/vnd.openxmlformats-officedocument.presentationml.presentation", "slides", "pptx ppsx"),
    (Reader.OFFICE, "application/vnd.oasis.opendocument.text", "text document", "odt ott"),
    (Reader.OFFICE, "application/vnd.oasis.opendocument.spreadsheet", "spreadsheet", "ods ots"),
    (Reader.OFFICE, "application/vnd.oasis.opendocument.presentation", "slides", "odp otp"),
    (Reader.OFFICE, "application/epub+zip", "electronic book", "epub"),
    (Reader.OFFICE, "application/vnd.oasis.opendocument.graphics", "drawing", "odg"),
    (Reader.OLD_OFFICE, "application/msword", "text document", "doc dot"),
    (Reader.OLD_OFFICE, "application/vnd.ms-excel", "spreadsheet", "xls"),
    (Reader.OLD_OFFICE, "application/vnd.ms-powerpoint", "slides", "ppt pps"),
    (Reader.OLD_OFFICE, "application/vnd.ms-outlook", "e-mail message", "msg"),
    (Reader.RTF, "application/rtf", "text document", "rtf"),
    (Reader.MAIL, "message/rfc822", "e-mail message", "eml"),
    (Reader.MAILBOX, "application/mbox", "mailbox", "mbox"),
    (Reader.NONE, "application/x-mobipocket-ebook", "electronic book", "mobi azw azw3"),
    (Reader.NONE, "image/vnd.djvu", "scanned document", "djvu djv"),
    (Reader.NONE, "application/postscript", "PostScript document", "ps"),
    (Reader.NONE, "application/vnd.comicbook+zip", "comic book", "cbz cbr"),
)

_AUDIO = """
    audio/mpeg                  mp3
    audio/flac                  flac
    audio/ogg                   ogg oga opus
    audio/mp4                   m4a m4b aac
    audio/vnd.wave              wav
    audio/x-ms-wma              wma
    audio/aiff                  aif aiff
    audio/midi                  mid midi
    audio/x-ape                 ape
    audio/x-wavpack             wv
    audio/x-musepack            mpc
"""

_VIDEO = """
    video/mp4                   mp4 m4v
    video/x-matroska            mkv
    video/webm                  webm
    video/x-msvideo             avi
    video/quicktime             mov
    video/x-ms-wmv              wmv
    video/mpeg                  mpg mpeg
    video/mp2t                  m2ts
    video/ogg                   ogv
    video/x-flv                 flv
    video/3gpp                  3gp 3g2
"""

_ARCHIVES = """
    application/zip             zip
    application/x-tar           tar
    application/gzip            gz tgz
    application/x-bzip2         bz2 tbz tbz2
    application/x-xz            xz txz
    application/zstd            zst tzst
    application/x-7z-compressed 7z
    application/java-archive    jar war
    application/vnd.android.package-archive apk
"""

_OPAQUE_ARCHIVES = """
    application/vnd.rar         rar
    application/x-iso9660-image iso img
    application/vnd.debian.binary-package   deb
    application/x-rpm           rpm
"""

_NOTED = (
    (Reader.TABLE, "text/csv", "table of values", "csv"),
    (Reader.TABLE, "text/tab-separated-values", "table of values", "tsv tab"),
    (Reader.CALENDAR, "text/calendar", "calendar", "ics ical ifb"),
    (Reader.CONTACTS, "text/vcard", "contact card", "vcf vcard"),
)

_OTHERS = (
    (Reader.FONT, "font/ttf", "font", "ttf ttc"),
    (Reader.FONT, "font/otf", "font", "otf otc"),
    (Reader.FONT, "font/woff", "font", "woff woff2"),
    (Reader.FONT, "application/x-font", "font", "pfb pfa pcf"),
    (Reader.DESKTOP_ENTRY, "application/x-desktop", "application launcher", "desktop directory"),
    (Reader.NONE, "application/vnd.sqlite3", "database", "sqlite sqlite3 db"),
    (Reader.NONE, "application/x-executable", "program", "exe msi appimage"),
    (Reader.NONE, "application/x-sharedlib", "program library", "so dll a lib"),
    (Reader.NONE, "application/x-blender", "3D model", "blend stl obj fbx gltf glb"),
    (Reader.NONE, "application/octet-stream", "binary data", "bin dat pyc o class npy npz pt pth onnx safetensors"),
)

_NAMES = {
    "makefile": "cmake",
    "gnumakefile": "cmake",
    "cmakelists.txt": "cmake",
    "meson.build": "cmake",
    "dockerfile": "sh",
    "containerfile": "sh",
    "jenkinsfile": "groovy",
    "vagrantfile": "rb",
    "rakefile": "rb",
    "gemfile": "rb",
}
"""Files known by their whole name, and a suffix of the format they have."""


def _plain_rows(table: str, kind: Kind, reader: Reader, words: str) -> dict[str, Format]:
    """Parse lines of a media type and suffixes, which share one name in words."""
    found: dict[str, Format] = {}
    for line in table.strip().splitlines():
        mime, *suffixes = line.split()
        found.update(dict.fromkeys(suffixes, Format(kind, reader, mime, words)))
    return found


def _worded_rows(table: str, kind: Kind, reader: Reader) -> dict[str, Format]:
    """Parse lines of three columns, two spaces or more apart: media type, name in words, suffixes."""
    found: dict[str, Format] = {}
    for line in table.strip().splitlines():
        mime, words, suffixes = re.split(r" {2,}", line.strip())
        found.update(dict.fromkeys(suffixes.split(), Format(kind, reader, mime, words)))
    return found


def _listed_rows(rows: tuple[tuple[Reader, str, str, str], ...], kind: Kind) -> dict[str, Format]:
    return {
        suffix: Format(kind, reader, mime, words)
        for reader, mime, words, suffixes in rows
        for suffix in suffixes.split()
    }


BY_SUFFIX: Final[dict[str, Format]] = {
    **_listed_rows(_OTHERS, Kind.OTHER),
    **_plain_rows(_ARCHIVES, Kind.ARCHIVE, Reader.ARCHIVE, "archive"),
    **_plain_rows(_OPAQUE_ARCHIVES, Kind.ARCHIVE, Reader.NONE, "archive"),
    **_plain_rows(_VIDEO, Kind.VIDEO, Reader.VIDEO, "video"),
    **_plain_rows(_AUDIO, Kind.AUDIO, Reader.AUDIO, "sound recording"),
    **_worded_rows(_CODE, Kind.CODE, Reader.CODE),
    **_worded_rows(_PROSE, Kind.TEXT, Reader.PROSE),
    **_worded_rows(_RECORDS, Kind.TEXT, Reader.CODE),
    **_listed_rows(_NOTED, Kind.TEXT),
    **_listed_rows(_DOCUMENTS, Kind.DOCUMENT),
    **_plain_rows(_PICTURES, Kind.IMAGE, Reader.PICTURE, "picture"),
    **_plain_rows(_OPAQUE_PICTURES, Kind.IMAGE, Reader.NONE, "picture"),
    "ipynb": Format(Kind.CODE, Reader.NOTEBOOK, "application/x-ipynb+json", "notebook"),
    **_plain_rows("image/svg+xml svg svgz", Kind.IMAGE, Reader.DRAWING, "drawing"),
    **_plain_rows("image/x-dcraw cr2 cr3 nef nrw arw dng orf rw2 raf pef srw", Kind.IMAGE, Reader.RAW, "picture"),
}
"""Every known suffix, in lower case without its dot."""

BY_NAME: Final[dict[str, Format]] = {name: BY_SUFFIX[suffix] for name, suffix in _NAMES.items()}
"""Every file name that is known as a whole, in lower case."""
