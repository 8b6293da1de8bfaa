"""Our count of parts against Twilio's own calculator, run by the stand-in's Node."""

from __future__ import annotations

import json
import random
import subprocess

from notifications.catalogue import Wording
from notifications.catalogue.rendering import ENTRIES
from notifications.segments import count
from tests.standin.installing import module, node

PROGRAM = """
const { SegmentedMessage } = require(process.argv[1]);
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const counted = texts.map((text) => {
  const message = new SegmentedMessage(text);
  return [message.getEncodingName(), message.segmentsCount];
});
console.log(JSON.stringify(counted));
"""
ALPHABETS = (
    "abc XYZ 019 @£$éà\n",
    "ab€[]{}~^|\\",
    "Siân ŵŷ Helô \N{RIGHT SINGLE QUOTATION MARK}",
    "ok \N{WAVING HAND SIGN}\N{PILE OF POO}",
)


def samples() -> list[str]:
    drawn = random.Random(3)
    return [
        "".join(drawn.choices(alphabet, k=drawn.randint(1, 340)))
        for alphabet in ALPHABETS
        for _ in range(100)
    ]


def test_twilios_calculator_counts_the_same() -> None:
    texts = samples() + [ENTRIES[wording].text for wording in Wording]
    library = module("sms-segments-calculator")

    answer = subprocess.run(
        [node(), "-e", PROGRAM, str(library)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )

    theirs = [(encoding, parts) for encoding, parts in json.loads(answer.stdout)]
    ours = [(str(each.encoding), each.segments) for each in map(count, texts)]
    assert ours == theirs
