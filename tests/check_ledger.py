#!/usr/bin/env python3
"""Checks an exported Placard consent ledger, without Placard.

Follows docs/LEDGER.md and nothing else. Needs Python 3.11 and no packages. Exits 0 and prints the end of
each chain, or exits 1 and names the first entry that is broken, and why. Prints nothing personal.
"""

import argparse
import hashlib
import json
import re
import sys
from datetime import datetime

LEDGER = "placard-ledger-1"
HEX = re.compile(r"[0-9a-f]{64}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
WHAT = re.compile("grant|refusal|confirmation|withdrawal|opt_out|opt_out_undone|taken_back|correction|erasure")
METHOD = re.compile("spoken|own_hand|own_handset|reply|carrier|organiser|import")
ANY = re.compile(".*", re.DOTALL)

# The form of each object: key, form, and whether it has to be there. A form is a pattern for a string, int
# for a whole number, None for null, or another object.
WORDING_REF = {"language": (ANY, True), "version": (int, True), "sha256": (HEX, True)}
FACTS = {
    "id": (UUID7, True), "laptop": (UUID, True), "number": (int, True), "at": (TIME, True), "zone": (ANY, True),
    "what": (WHAT, True), "purpose": (ANY, False), "method": (METHOD, True), "capture": (UUID, False),
    "shift": (UUID, False), "wording": (WORDING_REF, False), "evidence": (UUID, False), "about": (UUID, False),
    "personal": (HEX, True),
}
PERSONAL = {"supporter": (UUID, False)} | {
    key: (ANY, False) for key in ("name", "mobile", "canvasser", "place", "said")
}
HEADER = {"ledger": (ANY, True), "campaign": (ANY, True), "exported_at": (TIME, True)}
WORDING = {"purpose": (ANY, True), "language": (ANY, True), "version": (int, True), "text": (ANY, True)}

ENTRY = {"entry": (FACTS, True), "previous": (HEX, True), "hash": (HEX, True), "salt": (HEX, True),
         "personal": (PERSONAL, True)}
ERASED = {"salt": (None, True), "personal": (None, True)}


class Broken(Exception):
    """Something is not as it was written."""


def unless(condition, why):
    if not condition:
        raise Broken(why)


def no_twins(pairs):
    unless(len(dict(pairs)) == len(pairs), "a key stands there twice")
    return dict(pairs)


def whole(digits):
    unless(not digits.startswith("-"), "a number is below zero")
    return int(digits)


def in_form(value, form, name):
    if form is int:
        unless(type(value) is int and value < 2**32, f"{name} is not a whole number")
    elif form is None:
        unless(value is None, f"{name} is not null")
    elif isinstance(form, dict):
        unless(isinstance(value, dict), f"{name} is not an object")
        unless(value.keys() <= form.keys(), f"{name} has keys that no ledger has")
        for key, (inner, needed) in form.items():
            unless(key in value or not needed, f"{key} is missing")
            if key in value:
                in_form(value[key], inner, key)
    else:
        unless(isinstance(value, str) and form.fullmatch(value), f"{name} is not in its form")
        if form is TIME:
            datetime.strptime(value.replace("0000-", "2000-"), "%Y-%m-%dT%H:%M:%S.%fZ")
            unless(value[17:19] < "60", f"{name} is not in its form")


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Ledger:
    def __init__(self):
        self.wordings, self.names = set(), set()
        self.chains, self.laptop_of, self.hash_at, self.awaited = {}, {}, {}, []

    def line(self, place, line):
        if place == 1:
            in_form(line, HEADER, "the header")
            unless(line["ledger"] == LEDGER, f"the ledger is not in the form {LEDGER}")
        elif "wording" in line:
            unless(not self.chains, "a wording stands behind the first entry")
            in_form(line, {"wording": (WORDING, True)}, "the line")
            wording = line["wording"]
            name = (wording["purpose"], wording["language"], wording["version"])
            unless((*name, wording["text"]) not in self.names, "another wording has the same purpose, language, version and text")
            self.names.add((*name, wording["text"]))
            self.wordings.add((*name, sha256(wording["text"].encode())))
        else:
            halves = [line.get("salt", "") is None, line.get("personal", "") is None]
            unless(halves[0] == halves[1], "only one of its salt and its personal part is there")
            in_form(line, ENTRY | ERASED if all(halves) else ENTRY, "the line")
            self.entry(line["entry"], line)

    def entry(self, facts, line):
        laptop, number = facts["laptop"], facts["number"]
        before, head, erased = self.chains.get(laptop, (0, "0" * 64, 0))
        unless(number <= before + 1, f"entry {before + 1} is missing before it")
        unless(number == before + 1, f"it is out of order, or stands there twice; entry {before + 1} was due")
        unless(line["previous"] == head, "it does not follow the entry before it")
        digest = sha256(f"{LEDGER}\n{line['previous']}\n".encode() + canonical(facts))
        unless(line["hash"] == digest, "its facts were changed: its hash does not fit them")
        unless(facts["id"] not in self.laptop_of, "another entry has the same id")
        if line["salt"] is not None:
            digest = sha256(bytes.fromhex(line["salt"]) + canonical(line["personal"]))
            unless(facts["personal"] == digest, "its personal part or its salt was changed")
        if used := facts.get("wording"):
            purposes = [facts["purpose"]] if "purpose" in facts else {name[0] for name in self.names}
            found = any((p, used["language"], used["version"], used["sha256"]) in self.wordings for p in purposes)
            unless(found, "the wording it was given with is missing or was changed")
        if (about := facts.get("about")) and about not in self.laptop_of:
            self.awaited.append((about, facts))
        self.laptop_of[facts["id"]] = laptop
        self.hash_at.setdefault(number, []).append(line["hash"])
        self.chains[laptop] = (number, line["hash"], erased + (line["salt"] is None))

    def finish(self, seals):
        for about, facts in self.awaited:
            who = named(facts)
            unless(about in self.laptop_of, f"{who}: it is about an entry that is not there")
            unless(self.laptop_of[about] != facts["laptop"], f"{who}: it is about an entry that did not exist yet")
        for number, digits in seals:
            found = any(known.startswith(digits) for known in self.hash_at.get(number, []))
            unless(found, f"no entry {number} has the seal {digits}: the chain was cut short or written anew")


def named(facts):
    for key, form in (("number", int), ("laptop", UUID), ("id", UUID)):
        in_form(facts.get(key) if isinstance(facts, dict) else None, form, key)
    return f"entry {facts['number']} of laptop {facts['laptop']} (id {facts['id']})"


def check(file, seals):
    ledger, place = Ledger(), 0
    for place, raw in enumerate(file, 1):
        who = f"line {place}"
        try:
            line = json.loads(raw.decode(), object_pairs_hook=no_twins, parse_int=whole)
            unless(isinstance(line, dict), "it is no line of a ledger")
            who = f"line {place}, {named(line['entry'])}" if "entry" in line else who
            ledger.line(place, line)
        except Broken as broken:
            raise Broken(f"{who}: {broken}") from None
        except (ValueError, RecursionError):  # Its own words could repeat something personal.
            raise Broken(f"{who}: it is not JSON, not UTF-8, or not a time") from None
    unless(place, "the file is empty")
    ledger.finish(seals)
    return ledger


def seal(words):
    number, digits = words[0].replace(",", ""), "".join(words[1:]).lower()
    if not number.isdecimal() or not re.fullmatch("[0-9a-f]{16,64}", digits):
        sys.exit("A seal is a number and at least 16 digits of a hash: --seal 1,204 a3f9 0c1d 22e8 7b40")
    return int(number), digits


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", help="the exported ledger, a .jsonl file")
    parser.add_argument("--seal", nargs="+", action="append", default=[], metavar="WORD",
                        help="an entry's number and the beginning of its hash, as written down; may be repeated")
    given = parser.parse_args()
    try:
        with open(given.export, "rb") as file:
            ledger = check(file, [seal(words) for words in given.seal])
    except (Broken, OSError) as broken:
        print(f"BROKEN: {broken}")
        return 1
    total = sum(number for number, _, _ in ledger.chains.values())
    print(f"Whole: {total} entries of {len(ledger.chains)} laptops, {len(ledger.names)} wordings.")
    for laptop, (number, head, erased) in sorted(ledger.chains.items()):
        print(f"laptop {laptop}: entry {number:,}, {head} ({erased} erased)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
