"""Settings on disk: config.toml, read and written by hand as well as by the program."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

import tomli_w

from vexgui.core.errors import PermissionProblem, UsageProblem
from vexgui.core.paths import joined, shown
from vexgui.core.settings import KeyChoice, PictureModel, SavedSearch, Settings
from vexgui.core.vectors import CodecName
from vexgui.store.format import PAGE_CHOICES
from vexgui.system.atomic import replace_file

_FILE_SCHEME = "file://"
_NONE = "none"
"""In place of a picture model: the user wants none."""

_APART = frozenset({"roots", "unrecorded", "exclude", "picture_model", "former_models", "paused_until_s"})
"""Settings that more than themselves has to change with."""


class SettingsFile:
    """Loads and saves the settings of a profile; keys it does not know are kept.

    Args:
        folder: The profile's config folder.
    """

    def __init__(self, folder: bytes) -> None:
        self._path = joined(folder, b"config.toml")

    def load(self) -> Settings:
        """Return the settings; those that the file does not give have their defaults.

        Raises:
            UsageProblem: The file is not TOML, or a value is not what it should be.
            PermissionProblem: It may not be read.
        """
        table = self._table()
        try:
            return _settings(table)
        except (ValueError, TypeError, AttributeError) as error:
            raise UsageProblem(
                f"A setting in {shown(self._path)} is not what it should be ({error}).", "Mend or remove that line."
            ) from error

    def save(self, settings: Settings) -> None:
        """Write what differs from the defaults.

        Raises:
            WorldProblem: The file could not be written; the old one stays.
        """
        known = {field.name for field in fields(Settings)}
        table = {name: value for name, value in self._table().items() if name not in known}
        replace_file(self._path, tomli_w.dumps(table | _table(settings)).encode())

    def _table(self) -> dict[str, Any]:
        try:
            with open(self._path, "rb") as file:
                return tomllib.load(file)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise PermissionProblem(
                f"{shown(self._path)} cannot be read ({error.strerror}).", "Give yourself read permission on it."
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageProblem(f"{shown(self._path)} is not TOML ({error}).", "Mend or remove it.") from error


def changed(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """Return settings with some of them set.

    Raises:
        UsageProblem: There is no such setting, it is not set by itself, or a value is not what it should be.
    """
    names = {field.name for field in fields(Settings)} - _APART
    for name in given:
        if name not in names:
            raise UsageProblem(f"There is no setting {name} that can be changed.", f"There are: {', '.join(names)}.")
    values = {name: _plain(value) for name, value in given.items()}
    try:
        return _settings(_table(settings) | values)
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageProblem(f"A setting is not what it should be ({error}).", "Give another value.") from error


def _plain(value: Any) -> Any:
    """Return a value as a TOML file holds it."""
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return asdict(value) if isinstance(value, SavedSearch) else value


def _settings(table: dict[str, Any]) -> Settings:
    default = Settings()

    def given(name: str, *kinds: type) -> Any:
        value = table.get(name, getattr(default, name))
        if not isinstance(value, kinds):
            raise TypeError(f"{name} = {value!r}")
        return value

    return Settings(
        roots=tuple(_path(text) for text in given("roots", list, tuple)),
        codec=CodecName(_one_of(given("codec", str), tuple(codec.value for codec in CodecName))),
        page_bytes=_one_of(given("page_bytes", int), PAGE_CHOICES),
        write_records=given("write_records", bool),
        unrecorded=tuple(_path(text) for text in given("unrecorded", list, tuple)),
        records_in_work_trees=given("records_in_work_trees", bool),
        exclude=tuple(str(pattern) for pattern in given("exclude", list, tuple)),
        gitignore=given("gitignore", bool),
        picture_model=_chosen(given("picture_model", dict, str, PictureModel)),
        former_models=tuple(_model(model) for model in given("former_models", list, tuple)),
        extractor_timeout_s=float(given("extractor_timeout_s", int, float)),
        extractor_memory_bytes=given("extractor_memory_bytes", int),
        model_idle_s=float(given("model_idle_s", int, float)),
        work_on_battery=given("work_on_battery", bool),
        most_memory_stall=float(given("most_memory_stall", int, float)),
        most_disk_stall=float(given("most_disk_stall", int, float)),
        paused_until_s=float(given("paused_until_s", int, float)),
        searches=tuple(_search(search) for search in given("searches", list, tuple)),
        keys=_keys(given("keys", dict, list, tuple)),
    )


def _table(settings: Settings) -> dict[str, Any]:
    default = Settings()
    table: dict[str, Any] = {
        field.name: getattr(settings, field.name)
        for field in fields(Settings)
        if getattr(settings, field.name) != getattr(default, field.name)
    }
    for name in ("roots", "unrecorded"):
        if name in table:
            table[name] = [_text(path) for path in table[name]]
    if "codec" in table:
        table["codec"] = settings.codec.value
    if "picture_model" in table:
        table["picture_model"] = _NONE if settings.picture_model is None else asdict(settings.picture_model)
    if "former_models" in table:
        table["former_models"] = [asdict(model) for model in settings.former_models]
    if "searches" in table:
        table["searches"] = [asdict(search) for search in settings.searches]
    if "keys" in table:
        table["keys"] = {choice.command: _one_or_many(choice.keys) for choice in settings.keys}
    return table


def _chosen(value: Any) -> PictureModel | None:
    if isinstance(value, PictureModel):
        return value
    return None if value == _NONE else _model(value)


def _model(value: Any) -> PictureModel:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no picture model")
    return PictureModel(**{name: str(text) for name, text in value.items()})


def _search(value: Any) -> SavedSearch:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no saved search")
    return SavedSearch(**{name: str(text) for name, text in value.items()})


def _keys(value: Any) -> tuple[KeyChoice, ...]:
    """Return chosen keys from a table of them, in which one combination stands by itself, or as they are."""
    if isinstance(value, dict):
        lists = {name: keys if isinstance(keys, list) else [keys] for name, keys in value.items()}
        return tuple(KeyChoice(name, tuple(str(key) for key in keys)) for name, keys in lists.items())
    for choice in value:
        if not isinstance(choice, KeyChoice):
            raise TypeError(f"{choice!r} chooses no keys")
    return tuple(value)


def _one_or_many(keys: tuple[str, ...]) -> str | list[str]:
    return keys[0] if len(keys) == 1 else list(keys)


def _one_of(value: Any, choices: tuple[Any, ...]) -> Any:
    if value not in choices:
        raise ValueError(f"{value!r} is none of {', '.join(map(str, choices))}")
    return value


def _path(text: str) -> bytes:
    """Return a path from its text: plain, or as a file URI where its bytes are not UTF-8."""
    if text.startswith(_FILE_SCHEME):
        return unquote_to_bytes(text.removeprefix(_FILE_SCHEME))
    if not text.startswith("/"):
        raise ValueError(f"the path {text!r} does not begin with /")
    return os.fsencode(text)


def _text(path: bytes) -> str:
    try:
        return path.decode()
    except UnicodeDecodeError:
        return _FILE_SCHEME + quote_from_bytes(path)
