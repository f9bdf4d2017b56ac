"""Errors that end a run, each kind with its exit status; what merely deserves a mention is a ``Diagnostic`` instead.

The statuses are part of the command line's contract: 0 done, 1 problems found, then those below.
"""

from __future__ import annotations

from typing import ClassVar

from pipeline.source import Span


class PipelineError(Exception):
    """A failure that the user can act on: ``str()`` says what is wrong, ``help`` what to do about it."""

    status: ClassVar[int] = 1

    def __init__(self, message: str, *, help: str = "", span: Span | None = None) -> None:  # noqa: A002 - its own name
        super().__init__(message)
        self.help = help
        self.span = span


class UsageError(PipelineError):
    """The command line asks for something that cannot be meant."""

    status = 2


class SourceError(PipelineError):
    """A source, or the configuration, cannot be read."""

    status = 3


class MissingProgramError(PipelineError):
    """A program that this format needs is not installed; ``help`` names the command that installs it."""

    status = 4


class ArtefactError(PipelineError):
    """An artefact could not be made, or what was made is not what it should be."""

    status = 5
