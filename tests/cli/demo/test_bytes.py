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
    def elsewhere(self):
        """A copy of the demo's data, with other file times, in a folder of another depth."""
        data = self.folder / "another place" / "data" / "derna"
        shutil.copytree(demo.DATA, data)
        for path in data.rglob("*"):
            os.utime(path, (1000000000, 1000000000))
        return data

    def test_same_bytes(self):
        out = self.folder / "another place" / "out" / "derna"
        data = self.elsewhere()
        out.mkdir(parents=True)
        env = dict(os.environ, TZ="Pacific/Kiritimati", LC_ALL="C", HOME=str(self.folder), XDG_CACHE_HOME=str(self.folder))
        if pathlib.Path(FAKETIME).exists() and "asan" not in demo.PROGRAM:
            env.update(LD_PRELOAD=FAKETIME, FAKETIME="+400d")
        time.sleep(1.1)
        demo.run_plan(out, data / "plan.json", threads=1, env=env, cwd=self.folder)
        self.assertEqual(digest(out), digest(demo.RUN))

    def test_again_over_what_is_there(self):
        out = self.folder / "out"
        shutil.copytree(demo.RUN, out)
        demo.run_plan(out)
        self.assertEqual(digest(out), digest(demo.RUN))


unittest.main()
