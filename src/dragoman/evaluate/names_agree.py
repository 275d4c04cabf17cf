"""Whether a name that people wrote down and an actor that was read are the same."""

from __future__ import annotations

from dragoman.knowledge.actors import ActorKnowledge
from dragoman.knowledge.phrases import phrase_tokens, plain
from dragoman.model.actor import ActorSpan

# Words before a name that say nothing about whose it is.
LEADING = frozenset({"the", "a", "an", "mr", "mr.", "mrs", "mrs.", "ms", "ms."})


class NameJudge:
    """Compares names with the help of the knowledge files: ISIS is the Islamic State, U.S. the United States."""

    def __init__(self, knowledge: ActorKnowledge) -> None:
        """Keep the knowledge."""
        self._knowledge = knowledge

    def agree(self, name: str, actor: ActorSpan) -> bool:
        """Say whether the name is the actor's: the same entry, or one name is the other without its first words.

        *Clinton* is *Hillary Clinton* and *EPA* the *Environmental Protection Agency*; the *Clinton campaign* is not *Clinton*.
        """
        if actor.id is not None and any(
            entry.id == actor.id for entry in self._knowledge.names.lookup(_bare(name))
        ):
            return True
        ours, theirs = _words(name), _words(actor.name or actor.text)
        short, long = sorted((ours, theirs), key=len)
        if _initials(name) == (actor.name or actor.text):
            return True
        return bool(short) and short[-1] == long[-1] and set(short) <= set(long)


def _bare(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.lower() in LEADING and rest else name


def _initials(name: str) -> str:
    """Return what a name is shortened to, empty for less than three letters."""
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters if len(letters) > 2 else ""  # noqa: PLR2004 - two letters are no name of a body


def _words(name: str) -> list[str]:
    return [word for token in phrase_tokens(name) if (word := plain(token).lower()) not in LEADING]
