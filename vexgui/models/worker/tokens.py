"""Texts to the numbers the text model reads."""

import os

from tokenizers import Tokenizer

from vexgui.models.weights import TEXT_TOKENS, text_folder


class Tokens:
    """Splits texts into the text model's tokens."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(os.fsdecode(os.path.join(text_folder(), b"tokenizer.json")))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(TEXT_TOKENS)

    def of(self, text: str) -> list[int]:
        """Return the tokens of a text, at most `TEXT_TOKENS`, the opening and closing ones included."""
        # A half of a surrogate pair, as undecodable file names have them, is nothing the tokenizer can take.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(clean).ids
        return ids
