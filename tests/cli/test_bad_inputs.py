"""The hostile and messy files of ../shared/bad: each imported, with the exit code and the words that it must give."""
import shutil
import sqlite3
import sys
import unittest

import cases
import support


class BadInputs(cases.Cases):
    def prepare(self):
        super().prepare()
        cases.copy_of("w.gpkg", "empty.gpkg")
        self.secret = (cases.BAD / "secret.csv").read_text(encoding="utf-8").split("\n")[1].split(",")[0]

    def check_file(self, code, typed, words):
        name, *options = typed.split(" ", 1)
        shutil.copy("empty.gpkg", "w.gpkg")
        path = cases.BAD / name
        to = "" if "--to" in typed else " --to site"
        self.check(code, f"import {path} -w w.gpkg{to} {' '.join(options)}", words)
        self.check_json(code, f"info {path}")
        if name != "secret.csv":
            self.assertNotIn(self.secret, support.run("info", path, "--json").stdout)
        if code in (0, 3):
            self.check_rows()

    def check_rows(self):
        """Rows in are rows in the layer plus rows rejected, each of which is a finding."""
        connection = sqlite3.connect("w.gpkg")
        rows_in, out, rejected = connection.execute(
            "SELECT rows_in, rows_out, rows_rejected FROM provenance ORDER BY run_id DESC LIMIT 1").fetchone()
        named = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'finding'").fetchone()[0] and \
            connection.execute("SELECT count(*) FROM finding WHERE severity = 'rejected'").fetchone()[0]
        connection.close()
        self.assertEqual(rows_in, out + rejected)
        self.assertEqual(named, rejected)

    def test_every_file(self):
        self.run_table("cli_bad_inputs.case", self.check_file)

    def test_no_file_is_forgotten(self):
        named = {typed.split(" ")[0] for _, (_, typed, _) in support.cases("cli_bad_inputs.case")}
        beside = {".prj", ".shx"}
        there = {path.name for path in cases.BAD.iterdir() if path.is_file() and path.suffix not in beside | {".md"}}
        self.assertEqual(there - named, set())


if __name__ == "__main__":
    if not cases.BAD.is_dir():
        print("skipped: needs ../shared")
        sys.exit(77)
    unittest.main()
