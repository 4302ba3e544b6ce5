"""The plan runs from a clean folder and leaves the workspace and both maps; the other tests look at them."""
import os
import shutil
import struct
import unittest

import demo


def png_size(path):
    head = path.read_bytes()[:33]
    assert head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR", "not a PNG"
    return struct.unpack(">II", head[16:24])


class Run(unittest.TestCase):
    def test_plan(self):
        shutil.rmtree(demo.RUN, ignore_errors=True)
        demo.RUN.mkdir(parents=True)
        done = demo.run_plan(demo.RUN)
        self.assertIn("rejected", done.stdout + done.stderr)
        self.assertEqual(sorted(os.listdir(demo.RUN)), ["almarj.png", "damage.png", "derna-public.gpkg", "derna-public.png", "derna-qgis.gpkg", "derna.gpkg", "derna.png", "flash.png", "locator.png", "site-map.png", "site-profile.png"])
        for name in ("derna.png", "derna-public.png", "almarj.png", "damage.png", "flash.png", "locator.png", "site-map.png", "site-profile.png"):
            with self.subTest(name):
                self.assertEqual(png_size(demo.RUN / name), (3508, 2480))  # A4 landscape at 300 dpi


unittest.main()
