"""Identical bytes from another folder, at another time, in another time zone and locale, with one thread instead of two."""
import hashlib
import os
import pathlib
import shutil
import time
import unittest

import demo

OUTPUTS = ("derna.gpkg", "derna.png", "almarj.png")
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


def digest(folder):
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in OUTPUTS}


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
            self.assertEqual(self.run_in(here, threads=2), first)


unittest.main()
