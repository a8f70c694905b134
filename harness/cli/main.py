"""``fitment``: from the words of a command line to a verb, and from an error to one line and a code."""

from __future__ import annotations

import argparse
import difflib
import errno
import io
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import groupby
from typing import NoReturn

from ...registry.errors import OURS, USER_MISTAKE, FitmentError
from ...registry.report.text import terminal
from . import stdout
from .verbs import VERBS, Verb

INTERRUPTED = 130  # 128 + SIGINT
PIPE_CLOSED = 141  # 128 + SIGPIPE, as a program that knows nothing of pipes would end


class Parser(argparse.ArgumentParser):
    """An argparse parser whose errors are one line, and which never guesses at abbreviations."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Ends with exit code 2 and the mistake in one line."""
        mistake = terminal(message) + self._meant(message)
        self.exit(USER_MISTAKE, f"{self.prog}: {mistake} (see {self.prog} --help)\n")

    def _meant(self, message: str) -> str:
        """The option that an unknown one comes near to, as a question; or empty."""
        unknown = re.match(r"unrecognized arguments: (--[a-z0-9_-]{1,60})", message)
        known = list(self._option_string_actions)
        word = unknown[1].replace("_", "-") if unknown else ""
        nearest = difflib.get_close_matches(word, known, n=1) if word else []
        return f"; did you mean {nearest[0]}?" if nearest else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 ours, 2 the user's mistake, 3 nothing usable, 75 busy, 128 + N on signal N."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an ASCII locale gets escapes, not a traceback
    try:
        code = _run(words)
        sys.stdout.flush()
    except FitmentError as error:
        sys.stderr.write(f"fitment: {terminal(str(error))}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        stdout.let_go()
        return PIPE_CLOSED
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None:
            raise
        stdout.let_go()
        sys.stderr.write(f"fitment: can't write the output: {error.strerror}; results are kept\n")
        return OURS
    return code


def _run(words: Sequence[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(usage())
        return 0
    if words[0] == "--version":
        sys.stdout.write(f"fitment {_version()}\n")
        return 0
    verb = _verb(words[0])
    module = import_module(f".{verb.module}", __package__)
    parser = Parser(f"fitment {verb.name}", f"{verb.help[0].upper()}{verb.help[1:]}.")
    module.add_arguments(parser)
    return int(module.run(parser.parse_intermixed_args(words[1:])))  # words before, between, after options


def usage() -> str:
    """The help of ``fitment`` itself: the verbs, grouped by what a person wants to do."""
    lines = [
        "usage: fitment VERB ...",
        "",
        "Which hardware, batch size and precision suit a model: measured, kept, scored.",
    ]
    width = max(len(verb.name) for verb in VERBS)
    for heading, verbs in groupby(VERBS, key=lambda verb: verb.heading):
        lines += ["", f"{heading}:", *(f"  {verb.name:<{width}}  {verb.help}" for verb in verbs)]
    lines += ["", "fitment VERB --help says more; fitment --version names the release."]
    return "\n".join(lines) + "\n"


def _verb(word: str) -> Verb:
    found = {verb.name: verb for verb in VERBS}
    earlier = {verb.also: verb for verb in VERBS if verb.also}
    if word in found or word in earlier:
        return found.get(word) or earlier[word]
    nearest = [name for name in found if word in name.split("-")][:1]  # link for link-tests
    nearest = nearest or difflib.get_close_matches(word[:100], found, n=1)
    hint = f'did you mean "{nearest[0]}"? ' if nearest else ""
    noun = "option" if word.startswith("-") else "verb"
    raise _UsageError(f'unknown {noun} "{word[:100]}": {hint}there are {", ".join(found)}')


class _UsageError(FitmentError):
    """A word that is no verb."""


def _version() -> str:
    from importlib.metadata import version

    return version("fitment")


if __name__ == "__main__":
    sys.exit(main())
