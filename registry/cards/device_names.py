"""The accelerators that a text names, with how many of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

DEVICE = re.compile(
    r"(?:(?<![\w.-])|(?<=\d[x×*]))(?:[AHVTLBP]\d{2,3}(?:[\s-]?(?:SXM\d?|PCIe|NVL))?(?:[\s-]?\(?\d{2,3}\s?G[Bi]{1,2}\)?)?s?"
    r"|GH200s?|GB200s?|RTX\s?(?:A?\d{4})(?:\s?(?:Ti|SUPER|Ada))?s?|GTX\s?\d{4}(?:\s?Ti)?|MI\d{3}X?s?|K80s?|Quadro\s\w{1,12}"
    r"|TPU[\s-]?v\d\w{0,3}(?:-\d{1,4})?(?:\s[Pp]ods?)?|TPUs?|Gaudi\s?\d?|Trainium|M[1-4] (?:Max|Ultra|Pro))"
    r"(?:\s(?:GPUs?|TPUs?|chips?|cores?))?(?![\w/-])"
)
# what may stand before it: "8 x NVIDIA ", "a single Tesla "
BEFORE = re.compile(
    r"(?:(?<![\w.])(?:\d{1,5}|an?|one|two|four|eight|sixteen|single)\s*[x×*]?\s*(?:single\s+)?)?"
    r"(?:(?:NVIDIA|Nvidia|AMD|Google|Intel|Apple|Cloud|Tesla|GeForce|Instinct)[\s-]+){0,3}$"
)
# one of these stands in each line that names a device, small letters
DEVICE_WORDS = (
    "gpu", "tpu", "100", "h200", "b200", "a10", "a40", "a30", "l40", "l4", "t4", "rtx", "gtx", "mi2", "mi3",
    "k80", "gaudi", "trainium", "quadro", "a6000", "m1 ", "m2 ", "m3 ", "m4 ",
)  # fmt: skip
DEVICE_WORD = re.compile("|".join(map(re.escape, DEVICE_WORDS)))
ARTICLE = re.compile(r"^an?\s+(?!single)")
REACH = 40


def names_device(line: str) -> bool:
    """Whether the line may name one: the quick question before the slow one."""
    return DEVICE_WORD.search(line.lower()) is not None


def devices_in(text: str) -> Iterator[tuple[str, int]]:
    """Each device as it is named, and its position: ("8 x NVIDIA A100 80GB GPUs", 14)."""
    for match in DEVICE.finditer(text):
        start = max(0, match.start() - REACH, text.rfind("\n", 0, match.start()) + 1)
        before = BEFORE.search(text[start : match.start()])
        begin = start + before.start() if before is not None else match.start()
        yield ARTICLE.sub("", text[begin : match.end()].strip()), match.start()
