"""The one tree of exceptions.

DragomanError
├── StopError            the run cannot go on (exit code 2)
│   ├── UsageError       the command line or an argument is wrong
│   ├── KnowledgeError   a knowledge file is broken; the message starts with ``file:line``
│   └── StoreError       the store cannot be opened, read or written
└── SkipError            one input is skipped and recorded, the others go on (exit code 3)
    └── FetchError       an address cannot or will not be fetched
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of every error that dragoman raises on purpose; its text is one line for a person."""


class StopError(DragomanError):
    """The run cannot go on."""


class UsageError(StopError):
    """An argument or option is wrong."""


class KnowledgeError(StopError):
    """A knowledge file breaks its own rules; the text starts with ``file:line``."""


class StoreError(StopError):
    """The store cannot be opened, read or written."""


class SkipError(DragomanError):
    """One input cannot be read; it is named, recorded and skipped."""


class FetchError(SkipError):
    """An address cannot or will not be fetched.

    ``passing`` says that it may go better later, ``status`` is the status of the answer if there was one,
    and ``retry_after`` how many seconds the server asks to be left alone.
    """

    def __init__(
        self,
        words: str,
        *,
        passing: bool = False,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Take the line for a person, and what a program wants to know."""
        super().__init__(words)
        self.passing = passing
        self.status = status
        self.retry_after = retry_after
