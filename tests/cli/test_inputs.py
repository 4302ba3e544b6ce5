"""Inputs that cannot be used: the program's own sentence and exit code for each, and the workspace as it was."""
import hashlib
import os
import pathlib
import shlex
import shutil
import sqlite3
import struct
import subprocess
import sys
import unittest

import support

BAD = support.ROOT.parent / "shared" / "bad"
FEATURES = '{"type": "FeatureCollection", "features": []}'


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


class Inputs(support.InFolder):
    def prepare(self):
        self.write("sites.csv", "site_id,name,lat,lon\nS1,Derna,32.76,22.64\nS2,Al Marj,32.49,20.83\n")
        shutil.copy("sites.csv", "list.csv")
        self.write("header.csv", "site_id,name,lat,lon\n")
        self.write("nokey.csv", "name,lat,lon\nDerna,32.76,22.64\n")
        self.write("rejects.csv", "site_id,lat,lon\nS1,32.76,22.64\nS2,0,0\n,32.5,20.8\n")
        self.write("zero.csv", "")
        self.write("sites.xyz", "1 2 3\n")
        self.write("unreadable.csv", "site_id,lat,lon\nS1,32.76,22.64\n")
        os.chmod("unreadable.csv", 0)
        os.mkfifo("pipe.csv")
        write_shapefile(self.folder, "noprj", 22.64, 32.76)
        write_gpkg("two.gpkg", "one", "two")
        self.assertEqual(support.run("new", "w.gpkg").returncode, 0)
        for name in ("readonly.gpkg", "locked.gpkg"):
            shutil.copy("w.gpkg", name)
        os.chmod("readonly.gpkg", 0o444)
        if BAD.is_dir():
            os.symlink(BAD, "bad")
        self.lock("locked.gpkg")

    def lock(self, name):
        """By a process of its own: reading the file in this one would drop the lock."""
        script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE'); print(flush=True); sys.stdin.read()"
        holder = subprocess.Popen([sys.executable, "-c", script, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(holder.communicate)
        holder.stdout.readline()

    def hashes(self):
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(self.folder.glob("*.gpkg"))}

    def listing(self):
        return sorted(os.listdir(self.folder))

    def run_as_owner(self, typed):
        """root may read anything: without that right it is a user like others."""
        words = shlex.split(typed)
        if os.geteuid() == 0:
            drop = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"]
            return support.run(*words, before=drop)
        return support.run(*words)

    def test_every_case(self):
        self.prepare()
        skipped = 0
        for number, (code, typed, words) in support.cases("cli_inputs.case"):
            if " bad/" in typed and not BAD.is_dir():
                skipped += 1
                continue
            with self.subTest(line=number, typed=typed):
                before, listed = self.hashes(), self.listing()
                done = self.run_as_owner(typed)
                self.assertEqual(done.returncode, int(code), done.stdout + done.stderr)
                for word in filter(None, words.split("; ")):
                    self.assertIn(word, done.stderr)
                if int(code) in (1, 2):
                    self.assertEqual(done.stdout, "")
                    self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                    self.assertEqual((self.hashes(), self.listing()), (before, listed), "something was changed")
                elif not words:
                    self.assertEqual(done.stderr, "")
        if skipped:
            print(f"{skipped} cases need ../shared", file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
