"""Rows in = rows out + rows rejected, for every import; each rejected row stands in `finding` with its reason."""
import collections
import json
import unittest

import demo


class Rows(unittest.TestCase):
    def setUp(self):
        self.runs = demo.rows(demo.WORKSPACE, "SELECT * FROM provenance ORDER BY run_id")
        self.findings = demo.rows(demo.WORKSPACE, "SELECT * FROM finding")

    def test_every_import_adds_up(self):
        imports = [r for r in self.runs if r["command"] == "import"]
        self.assertTrue(imports)
        for r in imports:
            with self.subTest(r["inputs"]):
                self.assertEqual(r["rows_in"], r["rows_out"] + r["rows_rejected"])

    def test_inputs_are_whole(self):
        """The rows that the run says it read are those of the files, counted here."""
        expected = {"admin.geojson": len(demo.features(demo.DATA / "admin.geojson")),
                    "coast.geojson": len(demo.features(demo.DATA / "coast.geojson")),
                    "places.csv": len(demo.csv_rows(demo.DATA / "places.csv")),
                    demo.AREAS.name: len(demo.features(demo.AREAS)),
                    demo.DERNA_FLOOD.name: len(demo.features(demo.DERNA_FLOOD)),
                    demo.ALMARJ_POINTS.name: len(demo.features(demo.ALMARJ_POINTS)),
                    demo.DERNA_EXCERPT.name: len(demo.features(demo.DERNA_EXCERPT)),
                    demo.DERNA_ROADS_EXCERPT.name: len(demo.features(demo.DERNA_ROADS_EXCERPT)),
                    "EMSR696_official_stats.csv": len(demo.csv_rows(demo.DATA / "cems" / "EMSR696_official_stats.csv")),
                    "derna_osm_facilities.geojson": len(demo.features(demo.DATA / "osm" / "derna_osm_facilities.geojson")),
                    "sites.csv": len(demo.csv_rows(demo.DATA / "sites.csv")),
                    "site_feature.geojson": len(demo.features(demo.DATA / "inside" / "site_feature.geojson")),
                    "site_round.csv": len(demo.csv_rows(demo.DATA / "inside" / "site_round.csv")),
                    "site_population.csv": len(demo.csv_rows(demo.DATA / "inside" / "site_population.csv")),
                    "event_reports.csv": len(demo.csv_rows(demo.DATA / "event_reports.csv"))}
        got = {}
        for r in self.runs:
            if r["command"] == "import":
                for i in json.loads(r["inputs"]):
                    self.assertFalse(i["path"].startswith("/"), i["path"])
                    got[i["path"].rpartition("/")[2]] = i["rows"]
        self.assertEqual(got, expected)

    def test_layers_hold_what_was_let_in(self):
        added = collections.Counter()
        for r in self.runs:
            if r["command"] == "import":
                added["rows"] += r["rows_out"]
        held = sum(demo.rows(demo.WORKSPACE, 'SELECT count(*) AS n FROM "%s"' % layer)[0]["n"] for layer in (
            "admin", "coast", "place", "coverage", "hazard", "damage", "closure", "stated_figure", "service",
            "site", "site_feature", "site_round", "site_population", "event_report"))
        self.assertEqual(held, added["rows"])

    def test_copernicus_is_credited(self):
        """In the words that SOURCES.md states, which the sheets print."""
        line, = (line for line in (demo.DATA / "SOURCES.md").read_text(encoding="utf-8").splitlines() if "European Union" in line)
        credit = line.partition("Credit: ")[2].partition(". ")[0]
        for layer in ("coverage", "hazard", "damage"):
            sources = demo.rows(demo.WORKSPACE, 'SELECT DISTINCT source FROM "%s"' % layer)
            self.assertEqual([r["source"] for r in sources], [credit], layer)

    def test_rejected_rows_are_listed(self):
        listed = {(f["source"], f["row"]) for f in self.findings if f["severity"] == "rejected"}
        self.assertEqual(len(listed), sum(r["rows_rejected"] or 0 for r in self.runs))
        for f in self.findings:
            with self.subTest(f["run_key"], row=f["row"]):
                self.assertTrue(f["message"])
                if f["severity"] == "rejected":
                    self.assertIsNotNone(f["row"])


unittest.main()
