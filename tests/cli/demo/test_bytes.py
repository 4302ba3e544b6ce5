"""Identical bytes from another folder, at another time, in another time zone and locale, with one thread instead of two."""
import hashlib
import os
import pathlib
import shutil
import time
import unittest

import demo

OUTPUTS = ("derna.gpkg", "derna.png", "derna-public.png", "almarj.png", "damage.png", "flash.png", "locator.png", "site-map.png", "site-profile.png")
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


# Where SQLite's header counts the changes of a file: change counter, schema cookie, version-valid-for. They never run
# backwards in a file that is there, lest a reader trust its old pages.
COUNTERS = (slice(24, 28), slice(40, 44), slice(92, 96))


def digest(folder, but_counters=False):
    found = {}
    for name in OUTPUTS:
        data = bytearray((folder / name).read_bytes())
        if but_counters and name.endswith(".gpkg"):
            for counter in COUNTERS:
                data[counter] = bytes(4)
        found[name] = hashlib.sha256(data).hexdigest()
    return found


class Bytes(demo.Demo):
    """The workspace names its sources relative to itself, so both runs have data/derna and out/derna in one folder."""

    def place(self, *folders):
        base = self.folder.joinpath(*folders)
        shutil.copytree(demo.DATA, base / "data" / "derna")
        (base / "out" / "derna").mkdir(parents=True)
        return base

    def run_in(self, base, **more):
        demo.run_plan(base / "out" / "derna", base / "data" / "derna" / "plan.json", **more)
        return digest(base / "out" / "derna")

    def test_same_bytes(self):
        here, there = self.place("a"), self.place("another place", "مكان آخر")
        for path in (there / "data").rglob("*"):
            os.utime(path, (1000000000, 1000000000))
        env = dict(os.environ, TZ="Pacific/Kiritimati", LC_ALL="C", HOME=str(there), XDG_CACHE_HOME=str(there))
        if pathlib.Path(FAKETIME).exists() and "asan" not in demo.PROGRAM:
            env.update(LD_PRELOAD=FAKETIME, FAKETIME="+400d")
        first = self.run_in(here, threads=2)
        time.sleep(1.1)
        self.assertEqual(self.run_in(there, threads=1, env=env, cwd=there), first)
        with self.subTest("again over what is there"):
            first = digest(here / "out" / "derna", but_counters=True)
            self.run_in(here, threads=2)
            self.assertEqual(digest(here / "out" / "derna", but_counters=True), first)


unittest.main()
