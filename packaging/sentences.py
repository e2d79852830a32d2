"""Gathers the sentences that come to the window from below it: errors, reasons, notes.

They are formed in English, with their facts in them; what is gathered are their templates, with a name in braces for
each fact. Gathered is, of every module below the window: text that reads like a sentence, each text that an error is
made with, and what is marked with `told`. See docs/decisions/0039-sentences-from-below.md.
"""

import ast
import builtins
import errno
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog

from vexgui.search.language.languages import LANGUAGES

PACKAGE = Path(__file__).resolve().parent.parent / "vexgui"
LAYERS = ("core", "system", "store", "models", "extract", "search", "indexer", "engine", "app.py")
"""What is below the window, and what opens it."""
UNSEEN = {
    "engine/care.py",
    "extract/available.py",
    "extract/fake.py",
    "models/fake.py",
    "search/plan.py",
    "store/change.py",
    "store/graph.py",
    "store/planning/plan.py",
    "system/sandbox.py",
}
"""Modules whose sentences the command line alone tells, or nobody."""
ERRNOS = (
    "EPERM ENOENT EINTR EIO ENXIO EBADF EAGAIN ENOMEM EACCES EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE "
    "EMFILE ETXTBSY EFBIG ENOSPC EROFS EMLINK EPIPE ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP EOVERFLOW EILSEQ "
    "EOPNOTSUPP ENETDOWN ENETUNREACH ECONNRESET ENOTCONN ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH ESTALE EUCLEAN "
    "EDQUOT EREMOTEIO"
)
"""Errors of the system that files, disks and servers have; the system has its own words for them."""
MARK = "told"
ERROR = "VexError"
MAKERS = {"Mistake", "Trouble", "Unreadable"}
"""What besides errors is made with sentences."""
COUNT = "count"
"""A fact of this name is a number that the sentence has to agree with."""
_LIKE_SENTENCE = re.compile(r"(?:[A-ZÀ-Ö“‘]|\{\w+\}).*[ ’}].*\.(?: \{\w+\})?", re.DOTALL)
_FACT = re.compile(r"\{\w+\}")


def makers() -> set[str]:
    """Return the names of all classes that are made with sentences: errors that users can meet, and some others."""
    bases = {
        node.name: {name_of(base) for base in node.bases}
        for source in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.ClassDef)
    }
    found = {ERROR}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found | MAKERS


def sources() -> list[Path]:
    """Return the modules whose sentences may come to the window."""
    below = [PACKAGE / layer for layer in LAYERS]
    found = [source for path in below for source in (path.rglob("*.py") if path.is_dir() else [path])]
    return sorted(source for source in found if str(source.relative_to(PACKAGE)) not in UNSEEN)


def extracted() -> Catalog:
    """Return the templates of all sentences, untranslated."""
    catalog = Catalog(project="VexGUI", charset="utf-8")
    classes = makers()
    seen: set[str] = set()
    for source in sources():
        for template in templates_in(source.read_text(), classes):
            # What differs in the names of its facts alone is recognised as the first of them.
            if form_of(template) not in seen:
                seen.add(form_of(template))
                counted = f"{{{COUNT}}}" in template
                catalog.add((template, template) if counted else template, locations=[(_shown(source), 0)])
    for name in LANGUAGES.values():
        catalog.add(name, auto_comments=["A language"])
    for name in ERRNOS.split():
        catalog.add(os.strerror(getattr(errno, name)), auto_comments=["An error of the system"])
    return catalog


def templates_in(source: str, classes: set[str]) -> Iterator[str]:
    """Yield the templates of a module's sentences, by their places."""
    tree = ast.parse(source)
    assigned = _assigned(tree)
    wanted = {id(text) for call in _calls(tree) for text in given(call, classes, assigned)}
    for node in _outside_of_prose(tree):
        template = template_of(node)
        if template and (id(node) in wanted or _LIKE_SENTENCE.fullmatch(template)):
            yield template


def form_of(template: str) -> str:
    """Return a template without the names of its facts."""
    return _FACT.sub("{}", template)


def names_of_languages(language: str) -> dict[str, str]:
    """Return what languages are called in one of them, by their English names, as Unicode's CLDR has it."""
    called = Locale(language).languages
    return {name: called[code] for code, name in LANGUAGES.items()}


def template_of(node: ast.AST) -> str:
    """Return the template of a literal or an f-string, "" for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text.replace("{", "{{").replace("}", "}}")
        case ast.JoinedStr(values=parts):
            return "".join(_parts(parts))
    return ""


def _parts(parts: list[ast.expr]) -> Iterator[str]:
    """Yield the parts of an f-string; the same fact has the same name, and no two have one."""
    names: dict[str, str] = {}
    for part in parts:
        if isinstance(part, ast.FormattedValue):
            written = ast.unparse(part.value)
            name = _fact(part.value)
            while name in names.values() and names.get(written) != name:
                name += "_"
            yield f"{{{names.setdefault(written, name)}}}"
        else:
            yield template_of(part)


def _fact(value: ast.expr) -> str:
    """Return what to call a fact: the last name in what it is made of."""
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Call(func=ast.Name(id="len"), args=[_]):
            return COUNT
        case ast.Call(args=[first, *_]) if not isinstance(first, ast.GeneratorExp):
            return _fact(first)
        case ast.Call(func=function):
            return _fact(function)
        case ast.Subscript(value=inner) | ast.BinOp(left=inner):
            return _fact(inner)
    return "fact"


def given(call: ast.Call, classes: set[str], assigned: Mapping[str, list[ast.expr]]) -> Iterator[ast.expr]:
    """Yield the texts that an error is made with, or that are marked."""
    if name_of(call.func) == MARK or name_of(call.func) in classes:
        for argument in call.args:
            yield from _each(argument, assigned)


def _each(value: ast.expr, assigned: Mapping[str, list[ast.expr]]) -> Iterator[ast.expr]:
    """Yield what a value may be: either side of a condition, each value of a table, all that a variable is."""
    match value:
        case ast.IfExp(body=one, orelse=other):
            inner = [one, other]
        case ast.Dict(values=inner) | ast.Tuple(elts=inner):
            pass
        case ast.Name(id=name):
            # Once: what a variable is made from is not looked for further.
            inner, assigned = assigned.get(name, []), {}
        case _:
            inner = []
            yield value
    for each in inner:
        yield from _each(each, assigned)


def _assigned(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """Return what is assigned to the variables of a module, whatever function they are in."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found.setdefault(name_of(target), []).append(node.value)
    return found


def _outside_of_prose(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield all that may be told: no docstrings, no annotations, not what the log hears, and f-strings as a whole."""
    for name, field in ast.iter_fields(tree):
        for node in field if isinstance(field, list) else [field]:
            if not isinstance(node, ast.AST) or name in {"annotation", "returns"} or _is_prose(node):
                continue
            yield node
            if isinstance(node, ast.JoinedStr):
                for part in node.values:
                    if isinstance(part, ast.FormattedValue):
                        yield from _outside_of_prose(part)
            else:
                yield from _outside_of_prose(node)


def _is_prose(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="_log"))):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return hasattr(builtins, name)  # which is our own mistake
    return False


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    """Return what something is called, without what it is a part of; "" where it has no name."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _shown(source: Path) -> str:
    return str(source.relative_to(PACKAGE.parent))
