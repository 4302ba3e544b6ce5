"""Of the Derna excerpt no total and no rate is made: wherever its points are counted, it says that they are an excerpt."""
import collections
import unittest

import demo


class Excerpt(unittest.TestCase):
    def setUp(self):
        self.points = demo.features(demo.DERNA_EXCERPT)
        self.rows = [r for r in demo.rows(demo.WORKSPACE, "SELECT * FROM damage_summary WHERE observations IS NOT NULL")
                     if demo.area_number(r["area_id"]) == 1]

    def test_observations_say_so(self):
        held = demo.rows(demo.WORKSPACE, "SELECT completeness, count(*) AS n FROM damage WHERE aoi = 1 GROUP BY 1")
        self.assertEqual(held, [{"completeness": "excerpt", "n": len(self.points)}])

    def test_every_count_says_so(self):
        for r in self.rows:
            with self.subTest(r["grade"]):
                self.assertEqual(r["coverage"], "excerpt")
                self.assertIn("excerpt", r["statement_en"])
                self.assertIn("مقتطف", r["statement_ar"])
                self.assertIn("not a total", r["statement_en"])

    def test_no_total(self):
        """One row per grade as found in the file, none for all of them."""
        grades = collections.Counter(f["properties"]["damage_gra"].lower() for f in self.points)
        self.assertEqual(sorted(r["observations"] for r in self.rows), sorted(grades.values()))
        self.assertNotIn(len(self.points), [r["observations"] for r in self.rows])

    def test_no_rate(self):
        for table in ("damage_summary", "damage_extent"):
            for column in demo.rows(demo.WORKSPACE, "SELECT name FROM pragma_table_info('%s')" % table):
                self.assertNotRegex(column["name"], "rate|share|percent|total")

    def test_print_says_so(self):
        done = demo.sitemap("damage", demo.WORKSPACE, "--dry-run")
        lines = [line for line in done.stdout.splitlines() if "Derna" in line and "esidential" in line]
        self.assertTrue(lines, done.stdout)
        for line in lines:
            self.assertIn("xcerpt", line)

    def test_closed_roads_say_so(self):
        """Damaged road links are closures, each of the excerpt, and facts: of no scenario."""
        held = demo.rows(demo.WORKSPACE, "SELECT completeness, scenario, count(*) AS n FROM closure GROUP BY 1, 2")
        self.assertEqual(held, [{"completeness": "excerpt", "scenario": None, "n": len(demo.features(demo.DERNA_ROADS_EXCERPT))}])


unittest.main()
