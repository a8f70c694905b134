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
from ..gate.signals import Stopped
from . import stdout
from .verbs import VERBS, Verb

INTERRUPTED = 130  # 128 + SIGINT
PIPE_CLOSED = 141  # 128 + SIGPIPE, as a program that knows nothing of pipes would end
HELP = ("-h", "--help", "help")


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
    """The exit code: 0 done, 1 ours, 2 the user's mistake, 3 nothing usable, 75 busy, 128 + N on signal N.

    Those of a gate: 4 it can't judge, 5 a regression, 6 something open under --strict.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an ASCII locale gets escapes, not a traceback
    try:
        code = _run(words)
        sys.stdout.flush()
    except FitmentError as error:
        sys.stderr.write(f"fitment: {terminal(str(error))}\n")
        return error.exit_code
    except KeyboardInterrupt as interrupt:
        return 128 + interrupt.signum if isinstance(interrupt, Stopped) else INTERRUPTED
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
    if not words or words[0] in HELP:
        sys.stdout.write(usage())
        return 0
    if words[0] == "--version":
        sys.stdout.write(f"fitment {_version()}\n")
        return 0
    verb, rest, program = _verb(words[0], VERBS), words[1:], "fitment"
    while verb.verbs:
        program = f"{program} {verb.name}"
        if not rest or rest[0] in HELP:
            sys.stdout.write(family_usage(program, verb))
            return 0
        verb, rest = _verb(rest[0], verb.verbs, f" of {program}"), rest[1:]
    return _call(verb, rest, f"{program} {verb.name}")


def _call(verb: Verb, words: Sequence[str], program: str) -> int:
    module = import_module(f".{verb.module}", __package__)
    parser = Parser(program, _sentence(verb))
    module.add_arguments(parser)
    words, command = _without_command(parser, verb, words)
    args = parser.parse_intermixed_args(words)  # words before, between, after options
    if verb.command:
        args.command = command
    return int(module.run(args))


def _without_command(parser: Parser, verb: Verb, words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The verb's own words, and those of the command behind "--" where it takes one."""
    at = words.index("--") if verb.command and "--" in words else len(words)
    own, command = words[:at], words[at + 1 :]
    if verb.command and not command and not {"-h", "--help"} & set(own):
        parser.error("the command that runs the benchmarks is missing: put it behind --, as -- pytest -q")
    return own, command


def usage() -> str:
    """The help of ``fitment`` itself: the verbs, grouped by what a person wants to do."""
    lines = [
        "usage: fitment VERB ...",
        "",
        "Which hardware, batch size and precision suit a model: measured, kept, scored.",
        *_listed(VERBS),
        "fitment VERB --help says more; fitment --version names the release.",
    ]
    return "\n".join(lines) + "\n"


def family_usage(program: str, verb: Verb) -> str:
    """The help of a verb that has verbs of its own."""
    lines = [
        f"usage: {program} VERB ...",
        "",
        _sentence(verb),
        *_listed(verb.verbs),
        f"{program} VERB --help says more.",
    ]
    return "\n".join(lines) + "\n"


def _listed(verbs: Sequence[Verb]) -> list[str]:
    """Under their headings, with a blank line before and behind each group."""
    width = max(len(verb.name) for verb in verbs)
    lines = [""]
    for heading, group in groupby(verbs, key=lambda verb: verb.heading):
        lines += [f"{heading}:", *(f"  {verb.name:<{width}}  {verb.help}" for verb in group), ""]
    return lines


def _sentence(verb: Verb) -> str:
    return f"{verb.help[0].upper()}{verb.help[1:]}."


def _verb(word: str, verbs: Sequence[Verb], of: str = "") -> Verb:
    found = {verb.name: verb for verb in verbs}
    earlier = {verb.also: verb for verb in verbs if verb.also}
    if word in found or word in earlier:
        return found.get(word) or earlier[word]
    nearest = [name for name in found if word in name.split("-")][:1]  # link for link-tests
    nearest = nearest or difflib.get_close_matches(word[:100], found, n=1)
    hint = f'did you mean "{nearest[0]}"? ' if nearest else ""
    noun = "option" if word.startswith("-") else "verb"
    raise _UsageError(f'unknown {noun}{of} "{word[:100]}": {hint}there are {", ".join(found)}')


class _UsageError(FitmentError):
    """A word that is no verb."""


def _version() -> str:
    from importlib.metadata import version

    return version("fitment")


if __name__ == "__main__":
    sys.exit(main())
