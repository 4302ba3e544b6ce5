"""sitemap publish: what leaves the workspace, and what is said of wrong uses."""
import hashlib
import os
import pathlib
import sqlite3
import sys
import unittest

import support

SITES = """site_id,name_en,name_ar,site_type,lon,lat,owner,date
S1,School,مدرسة,collective_centre,22.63,32.76,A. Person,2023-09-13
S2,Camp,مخيم,spontaneous_settlement,22.64,32.77,,2023-09-18
"""


def rows(path, sql):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class Publish(support.InFolder):
    def setUp(self):
        super().setUp()
        self.write("sites.csv", SITES)
        for arguments in (["new", "w.gpkg"], ["import", "sites.csv", "-w", "w.gpkg", "--to", "site", "--set", "source=Field team"]):
            done = support.run(*arguments)
            self.assertEqual(done.returncode, 0, done.stderr)

    def publish(self, *arguments, code=0):
        done = support.run("publish", "w.gpkg", "--audience", "internal", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def test_layers_by_list(self):
        before = digest("w.gpkg")
        self.publish("-o", "o.gpkg", "--layer", "site")
        self.assertEqual(digest("w.gpkg"), before)
        tables = {name for name, in rows("o.gpkg", "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")}
        self.assertEqual(tables, {"site"})
        self.assertEqual(rows("o.gpkg", "SELECT site_id FROM site ORDER BY 1"), [("S1",), ("S2",)])
        self.assertEqual(rows("o.gpkg", "SELECT name FROM sqlite_master WHERE name IN ('provenance', 'finding')"), [])
        qml, = rows("o.gpkg", "SELECT styleQML FROM layer_styles WHERE f_table_name = 'site'")[0]
        self.assertIn("نوع الموقع", qml)

    def test_same_bytes_twice(self):
        self.publish("-o", "c.gpkg", "--threads", "1")
        os.rename("c.gpkg", "keep.gpkg")
        self.publish("-o", "c.gpkg")
        self.assertEqual(digest("c.gpkg"), digest("keep.gpkg"))

    def test_wrong_uses(self):
        self.write("there.gpkg", "x")
        support.run("new", "empty.gpkg")
        for arguments, code, says in (
                (["w.gpkg", "-o", "o.gpkg"], 2, "say who will see the file: --audience internal, humanitarian or public"),
                (["w.gpkg", "--audience", "internal"], 2, "no output file was named; give -o OUT.gpkg"),
                (["w.gpkg", "--audience", "internal", "-o", "w.gpkg", "--overwrite"], 2, "-o w.gpkg is the workspace itself"),
                (["w.gpkg", "--audience", "internal", "-o", "there.gpkg"], 1, "there.gpkg"),
                (["w.gpkg", "--audience", "internal", "-o", "no/o.gpkg"], 1, "no"),
                (["w.gpkg", "--audience", "internal", "-o", "o.gpkg", "--layer", "sites"], 1, 'the model has no layer "sites"'),
                (["w.gpkg", "--audience", "internal", "-o", "o.gpkg", "--layer", "road"], 1, "layer road has no rows"),
                (["none.gpkg", "--audience", "internal", "-o", "o.gpkg"], 1, "none.gpkg: there is no such workspace"),
                (["empty.gpkg", "--audience", "internal", "-o", "o.gpkg", "--layer", "site"], 1, "layer site has no rows"),
                (["w.gpkg", "--retarget"], 1, "w.gpkg was not made by sitemap publish"),
                (["none.gpkg", "--retarget"], 1, "none.gpkg: there is no such file")):
            with self.subTest(arguments):
                done = support.run("publish", *arguments)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(says, done.stderr)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
                self.assertFalse(os.path.exists("o.gpkg"))


if __name__ == "__main__":
    sys.exit(unittest.main())
