"""data/derna/synthetic is what data/derna/generate makes, to the byte (what is compressed: to the byte inside, for
zlibs differ)."""
import struct
import subprocess
import sys
import unittest
import zipfile
import zlib

import demo

KEPT = demo.DATA / "synthetic"
GENERATE = demo.DATA / "generate" / "generate.py"
OFFSETS, COUNTS = 324, 325  # TIFF tags: where the tiles lie and how long they are


def tiff_content(path):
    """The tags, but for the place and size of the tiles, and the tiles inflated."""
    data = path.read_bytes()
    assert data[:4] == b"II*\0", path
    start, = struct.unpack_from("<I", data, 4)
    number, = struct.unpack_from("<H", data, start)
    tags, lists = [], {}
    for k in range(number):
        tag, kind, count, value = struct.unpack_from("<HHII", data, start + 2 + 12 * k)
        size = count * {2: 1, 3: 2, 4: 4, 12: 8}[kind]
        raw = data[value:value + size] if size > 4 else struct.pack("<I", value)[:size]
        if tag in (OFFSETS, COUNTS):
            lists[tag] = struct.unpack("<%dI" % count, raw)
        else:
            tags.append((tag, kind, count, raw))
    return tags, [zlib.decompress(data[at:at + size]) for at, size in zip(lists[OFFSETS], lists[COUNTS])]


def zip_content(path):
    with zipfile.ZipFile(path) as archive:
        return [(entry.filename, entry.date_time, archive.read(entry)) for entry in archive.infolist()]


class Generate(demo.Demo):
    def test_same_bytes(self):
        done = subprocess.run([sys.executable, "-B", str(GENERATE), str(self.folder)], capture_output=True, text=True,
                              check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        names = sorted(path.name for path in KEPT.iterdir())
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), names)
        for name in names:
            content = {".tif": tiff_content, ".zip": zip_content}.get(name[-4:], lambda path: path.read_bytes())
            with self.subTest(name):
                self.assertTrue(content(KEPT / name) == content(self.folder / name), "not what generate.py makes")

    def test_small_enough_to_keep(self):
        self.assertLess(sum(path.stat().st_size for path in KEPT.iterdir()), 4000000)


unittest.main()
