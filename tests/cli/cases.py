"""Running a table of cases against the program as built: its exit code, the words of its sentence, and what must hold
whatever is typed: its own sentences only, nothing half written, nothing left behind, JSON that is JSON."""
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import sqlite3
import struct
import subprocess
import sys

import support

BAD = support.ROOT.parent / "shared" / "bad"
# What a library, a shell or a sanitizer would say in our place.
FOREIGN = re.compile(r"ERROR \d|Warning \d|GDAL says|sqlite3?_|SQLITE_|no such (table|column)|constraint failed|PROJ:|proj_create|"
                     r"GLib|Pango|Fontconfig|libpng|TopologyException|AddressSanitizer|LeakSanitizer|runtime error|Traceback")
LEFT_OVER = (".tmp", "-wal", "-shm", "-journal")


def write_shapefile(folder, name, x, y):
    """One point, one text column, no .prj."""
    record = struct.pack(">2i", 1, 10) + struct.pack("<i2d", 1, x, y)
    box = struct.pack("<4d", x, y, x, y) + bytes(32)
    for suffix, body in ((".shp", record), (".shx", struct.pack(">2i", 50, 10))):
        head = struct.pack(">i20xi", 9994, (100 + len(body)) // 2) + struct.pack("<2i", 1000, 1) + box
        (folder / (name + suffix)).write_bytes(head + body)
    field = b"name".ljust(11, b"\0") + b"C" + bytes(4) + bytes([10, 0]) + bytes(14)
    dbf = struct.pack("<B3BIHH20x", 3, 123, 9, 18, 1, 32 + 32 + 1, 11) + field + b"\r" + b" " + b"Derna".ljust(10) + b"\x1a"
    (folder / (name + ".dbf")).write_bytes(dbf)


def write_gpkg(path, *names):
    connection = sqlite3.connect(path)
    connection.executescript("""PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
 organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('u', -1, 'NONE', -1, 'undefined', ''), ('u', 0, 'NONE', 0, 'undefined', ''),
 ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]', '');
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT,
 last_change DATETIME, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);""")
    for name in names:
        connection.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY, site_id TEXT)")
        connection.execute("INSERT INTO gpkg_contents VALUES (?, 'attributes', ?, '', '2023-09-18T00:00:00Z', NULL, NULL, NULL, NULL, 0)",
                           (name, name))
    connection.commit()
    connection.close()


class Cases(support.InFolder):
    """prepare() makes the files of a table; run_table() does its rows in order."""

    def prepare(self):
        self.write("sites.csv", "site_id,name,lat,lon\nS1,Derna,32.76,22.64\nS2,Al Marj,32.49,20.83\n")
        self.assertEqual(support.run("new", "w.gpkg").returncode, 0)

    def hold(self, name, statements):
        """A program with the file open, as QGIS has it: a process of its own, because reading the file in this one would
        drop its locks."""
        script = ("import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                  "for s in sys.argv[2:]: c.execute(s)\nprint(flush=True); sys.stdin.read()")
        holder = subprocess.Popen([sys.executable, "-c", script, name, *statements], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE)
        self.addCleanup(holder.communicate)
        holder.stdout.readline()

    def content(self):
        """Name -> digest of everything in the folder that is a file; what SQLite keeps for readers of a file is its own."""
        out = {}
        for path in sorted(self.folder.rglob("*")):
            if path.name.endswith("-shm") or not (path.is_file() or path.is_dir() or path.is_fifo() or path.is_symlink()):
                continue
            regular = path.is_file() and not path.is_symlink() and os.access(path, os.R_OK)
            out[str(path.relative_to(self.folder))] = hashlib.sha256(path.read_bytes()).hexdigest() if regular else ""
        return out

    def run_as_owner(self, typed, *more):
        """root may read and write anything: without that right it is a user like others."""
        words = shlex.split(typed) + list(more)
        if os.geteuid() == 0:
            return support.run(*words, before=["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"])
        return support.run(*words)

    def check_words(self, words, text):
        for word in filter(None, words.split("; ")):
            if word.startswith("!"):
                self.assertNotIn(word[1:], text)
            else:
                self.assertIn(word, text)

    def check(self, code, typed, words):
        before = self.content()
        done = self.run_as_owner(typed)
        said = done.stdout + done.stderr
        self.assertEqual(done.returncode, code, said)
        self.check_words(words, done.stderr)
        self.assertNotRegex(said, FOREIGN)
        self.assertNotRegex(said, r"[\x00-\x08\x0b-\x1f\x7f]")
        for line in done.stderr.splitlines():
            self.assertTrue(line.startswith("sitemap "), line)
        left = [name for name in self.content() if name not in before and name.endswith(LEFT_OVER)]
        self.assertEqual(left, [], "left behind")
        if code in (1, 2):
            self.assertEqual(done.stdout, "")
            sentences = [line for line in done.stderr.splitlines() if ": warning: " not in line]
            self.assertEqual(len(sentences), 1, done.stderr)
            self.assertEqual(self.content(), before, "something was changed")
        elif not words:
            self.assertEqual(done.stderr, "")

    def check_json(self, code, typed):
        """The same with --json: one JSON document that states the exit code, or nothing where the usage is wrong."""
        done = self.run_as_owner(typed, "--json")
        self.assertNotRegex(done.stdout + done.stderr, FOREIGN)
        if done.stdout or code != 2:
            self.assertEqual(json.loads(done.stdout)["exit"], done.returncode)

    def run_table(self, name, check):
        self.prepare()
        for number, (code, typed, words) in support.cases(name):
            with self.subTest(line=number, typed=typed):
                check(int(code), typed, words)


def copy_of(name, to):
    return pathlib.Path(shutil.copy(name, to))
