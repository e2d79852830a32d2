"""What the desktop gave this program to come to the front is not handed on, also when it is just being forgotten."""

from collections.abc import Iterator, MutableMapping

from typing_extensions import override

from vexgui.system.launching import for_others, forget_tokens


class Forgetting(MutableMapping[bytes, bytes]):
    """An environment from which another thread takes the tokens as soon as somebody begins to read it."""

    def __init__(self, **values: bytes) -> None:
        self._values = {name.encode(): value for name, value in values.items()}

    @override
    def __iter__(self) -> Iterator[bytes]:
        names = list(self._values)  # as os.environb does
        forget_tokens(self)
        return iter(names)

    @override
    def __len__(self) -> int:
        return len(self._values)

    @override
    def __getitem__(self, name: bytes) -> bytes:
        return self._values[name]

    @override
    def __setitem__(self, name: bytes, value: bytes) -> None:
        self._values[name] = value

    @override
    def __delitem__(self, name: bytes) -> None:
        del self._values[name]


def test_tokens_may_be_forgotten_while_a_program_is_started() -> None:
    around = Forgetting(XDG_ACTIVATION_TOKEN=b"t", HOME=b"/home", DESKTOP_STARTUP_ID=b"i")
    assert for_others(around) == {b"HOME": b"/home"}
    assert b"XDG_ACTIVATION_TOKEN" not in around
