"""Alternatives of words as questions: what is embedded, what the text index looks for, what a name must hold."""

import re

from vexgui.core.query import Question, Term
from vexgui.search.language.tree import Alternative

_WORD = re.compile(r"\w+")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a about an and any are as at be by can did do does for from had has have how i if in into is it its
        me my of on or our s show so some t that the their them there these they this those to was we were
        what when where which who why will with would you your""",
    )
)
_MOST_TERMS = 32
"""Enough for a long sentence; of a pasted page the first words are looked for, its meaning is that of all."""

_LONGEST_NAME = 255


def question(looked: Alternative) -> Question:
    """Return what is looked for as a question."""
    texts = [word.text.strip() for word in looked]
    text = " ".join(texts)
    parts = tuple(texts) if len(text) <= _LONGEST_NAME else ()
    return Question(text, _terms(looked), parts)


def _terms(looked: Alternative) -> tuple[Term, ...]:
    terms: list[Term] = []
    for word in looked:
        found = _WORD.findall(word.text)
        if word.is_quoted and found:
            terms.append(Term(" ".join(found), word.weight))
        elif not word.is_quoted:
            terms += [Term(one, word.weight) for one in found]
    meant = [term for term in terms if term.text.casefold() not in _STOP_WORDS]
    return tuple({term.text.casefold(): term for term in meant or terms}.values())[:_MOST_TERMS]
