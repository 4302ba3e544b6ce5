"""The figures of the demo against those that Copernicus published and against plain counts of the files."""
import collections
import unittest

import demo

# Copernicus EMS, EMSR696, Al Marj product v2, and the activation's table: 78 residential + 21 unclassified.
ALMARJ = {("residential", "damaged"): 18, ("residential", "possibly_damaged"): 60,
          ("unclassified", "damaged"): 15, ("unclassified", "possibly_damaged"): 6}
# Derna product v1: 21.34 ha and 602.67 ha by its own attributes, 21.3 and 602.7 in the activation's table.
DERNA_HA = {"flooded_area": (21.34, 0.02), "flood_trace": (602.7, 0.5)}
NOT_PRODUCED = {6, 8}


class Figures(unittest.TestCase):
    def test_almarj_is_counted_by_use_and_grade(self):
        got = {key[1:]: n for key, n in demo.summary(demo.WORKSPACE).items() if key[0] == 3}
        self.assertEqual(got, ALMARJ)

    def test_possible_damage_stands_apart(self):
        kinds = {r["grade"]: r["grade_kind"] for r in demo.rows(demo.WORKSPACE, "SELECT grade, grade_kind FROM damage_summary "
                                                                                "WHERE observations IS NOT NULL")}
        self.assertEqual(kinds["possibly_damaged"], "possible")
        self.assertEqual(kinds["damaged"], "damaged")

    def test_no_figure_without_the_split(self):
        """Neither a column nor a row sums the sure and the possible damage: not in the layers, not in what is printed."""
        together = {ALMARJ["residential", "damaged"] + ALMARJ["residential", "possibly_damaged"],
                    ALMARJ["unclassified", "damaged"] + ALMARJ["unclassified", "possibly_damaged"], sum(ALMARJ.values())}
        numbers = {r["observations"] for r in demo.rows(demo.WORKSPACE, "SELECT observations FROM damage_summary")}
        self.assertFalse(numbers & together)
        printed = demo.sitemap("damage", demo.WORKSPACE, "--dry-run").stdout
        words = {w.strip(".,;:()") for w in printed.split()}
        self.assertFalse(words & {str(n) for n in together}, printed)

    def test_derna_flood(self):
        got = {r["class"]: r for r in demo.rows(demo.WORKSPACE, "SELECT * FROM damage_extent WHERE area_ha IS NOT NULL")
               if demo.area_number(r["area_id"]) == 1}
        self.assertEqual(set(got), set(DERNA_HA))
        stated, polygons = collections.Counter(), collections.Counter()
        for f in demo.features(demo.DERNA_FLOOD):
            key = f["properties"]["notation"].lower().replace(" ", "_")
            stated[key] += f["properties"]["area"]
            polygons[key] += 1
        for key, (ha, within) in DERNA_HA.items():
            with self.subTest(key):
                self.assertAlmostEqual(got[key]["area_ha"], ha, delta=within)
                self.assertAlmostEqual(got[key]["area_source_ha"], stated[key], places=3)
                self.assertEqual(got[key]["polygons"], polygons[key])

    def test_areas_without_a_product_are_unknown_not_zero(self):
        for table, figure in (("damage_summary", "observations"), ("damage_extent", "area_ha")):
            found = {}
            for r in demo.rows(demo.WORKSPACE, "SELECT * FROM " + table):
                found.setdefault(demo.area_number(r["area_id"]), []).append(r)
            for number in NOT_PRODUCED:
                with self.subTest(table, area=number):
                    self.assertIn(number, found)
                    for r in found[number]:
                        self.assertIsNone(r[figure])
                        self.assertEqual(r["coverage"], "not_produced")
                        self.assertIn("Not produced", r["statement_en"])
                        self.assertIn("لم ينتج", r["statement_ar"])

    def test_every_area_is_spoken_of(self):
        areas = {demo.area_number(r["area_id"]) for r in demo.rows(demo.WORKSPACE, "SELECT area_id FROM damage_summary")}
        self.assertEqual(areas, {f["properties"]["aoi"] for f in demo.features(demo.AREAS)})

    def test_no_zero_anywhere(self):
        """A class that was not seen has no row: a zero would say that it was looked for everywhere."""
        self.assertEqual(demo.rows(demo.WORKSPACE, "SELECT * FROM damage_summary WHERE observations = 0"), [])

    def test_stated_figures_are_as_stated(self):
        def number(text):
            return float(text) if text else None
        stated = [(r["aoi"], r["group"], r["class"], r["unit"] or None, number(r["total_in_aoi"]), number(r["affected"]))
                  for r in demo.csv_rows(demo.DATA / "cems" / "EMSR696_official_stats.csv")]
        got = [tuple(r.values()) for r in demo.rows(
            demo.WORKSPACE, 'SELECT area_id, "group", class, unit, total, affected FROM stated_figure')]
        self.assertCountEqual([tuple(map(str, x)) for x in got], [tuple(map(str, x)) for x in stated])


unittest.main()
