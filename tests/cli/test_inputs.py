"""Inputs that cannot be used: the program's own sentence and exit code for each, and the workspace as it was."""
import json
import os
import sqlite3
import unittest

import cases
import support

SHEET = json.loads((support.ROOT / "styles" / "sheets" / "overview.json").read_text(encoding="utf-8"))


class Inputs(cases.Cases):
    def prepare(self):
        super().prepare()
        self.write_sources()
        self.write_links()
        self.write_workspaces()
        self.write_sheets()

    def write_sources(self):
        cases.copy_of("sites.csv", "list.csv")
        self.write("header.csv", "site_id,name,lat,lon\n")
        self.write("nokey.csv", "name,lat,lon\nDerna,32.76,22.64\n")
        self.write("rejects.csv", "site_id,lat,lon\nS1,32.76,22.64\nS2,0,0\n,32.5,20.8\n")
        self.write("ragged.csv", 'site_id,lat,lon\nS1,32.76,22.64\nS2,1,2,3,4\nS3,"32,20\n')
        self.write("zero.csv", "")
        self.write("sites.xyz", "1 2 3\n")
        self.write("locked.csv", "site_id,lat,lon\nS1,32.76,22.64\n")
        os.chmod("locked.csv", 0)
        self.write("escape.csv", "site_id,name,lat,lon\nS1,\x1b[31mred\u202e\x85,32.76,22.64\n")
        self.write("far.csv", "site_id,lat,lon\nS1,32.76,22.64\nS2,-60,-150\n")
        self.write("columns.csv", ",".join(f"c{i}" for i in range(10000)) + "\n")
        self.write("empty.geojson", {"type": "FeatureCollection", "features": []})
        cases.write_shapefile(self.folder, "noprj", 22.64, 32.76)
        cases.write_gpkg("two.gpkg", "one", "two")
        cases.write_gpkg("none.gpkg")

    def write_links(self):
        os.mkfifo("pipe.csv")
        os.mkfifo("pipe.png")
        os.mkdir("folder.csv")
        os.mkdir("folder.gpkg")
        os.symlink("/dev/zero", "zeros.csv")
        os.symlink("self.csv", "self.csv")
        os.symlink("gone.csv", "dangling.csv")

    def write_workspaces(self):
        self.assertEqual(support.run("import", "sites.csv", "-w", "w.gpkg", "--to", "site").returncode, 0)
        self.write("corner.csv", 'pcode,level,WKT\nLY01,2,"POLYGON ((20 30,24 30,24 34,20 30))"\n')
        self.assertEqual(support.run("new", "corner.gpkg").returncode, 0)
        self.assertEqual(support.run("import", "corner.csv", "-w", "corner.gpkg", "--to", "admin", "--crs", "EPSG:4326").returncode, 0)
        for name in ("readonly.gpkg", "locked.gpkg", "wal.gpkg", "extra.gpkg", "shape.gpkg"):
            cases.copy_of("w.gpkg", name)
        os.chmod("readonly.gpkg", 0o444)
        os.mkdir("ro")
        cases.copy_of("w.gpkg", "ro/w.gpkg")
        os.chmod("ro", 0o555)
        self.addCleanup(os.chmod, self.folder / "ro", 0o755)
        self.hold("locked.gpkg", ["BEGIN IMMEDIATE"])
        self.hold("wal.gpkg", ["PRAGMA journal_mode = WAL", "UPDATE provenance SET command = 'edited'"])
        self.change("extra.gpkg", "ALTER TABLE site ADD COLUMN notes TEXT")
        self.change("shape.gpkg", "UPDATE site SET geom = x'47500001' WHERE fid = 1")
        self.write("w.gpkg.txt", "not a workspace")

    def change(self, name, statement):
        """What somebody did to a workspace elsewhere. The triggers of its spatial index want functions that are not here."""
        connection = sqlite3.connect(name)
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'site'").fetchall()
        for trigger, _ in triggers:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()
        connection.close()

    def write_sheets(self):
        cases.copy_of(support.ROOT / "styles" / "sheets" / "words.json", "words.json")
        self.write("broken.json", '{"layers": [')
        self.write("bare.json", {"words": "words.json"})
        for name, change in (("nolayer", {"layers": [{"layer": "tents"}]}), ("style", {"layers": [{"layer": "site", "style": "../../x"}]}),
                             ("path", {"words": "../../../etc/passwd"}), ("many", {"layers": [{"layer": "site"}] * 100})):
            self.write(name + ".json", {**SHEET, **change})
        self.write("size.json", {"extends": "overview", "text_style": {"title": {"size_pt": 1e9, "min_pt": 1e9}}})

    def test_every_case(self):
        self.run_table("cli_inputs.case", self.check)

    def test_every_case_as_json(self):
        self.run_table("cli_inputs.case", lambda code, typed, words: self.check_json(code, typed))


if __name__ == "__main__":
    unittest.main()
