"""The same file again changes nothing but `provenance`; a newer version of a product replaces the older, never the reverse."""
import sqlite3
import unittest

import demo

DATE = ("--date", "2023-09-21")


REPLACED = ("finding", "layer_styles")  # rows of a run go and come again: the same, but at the end and with another number


def content(workspace, but=("provenance",)):
    """Layer -> rows; of those that are written anew, in order of their values and without their number."""
    out = {}
    for layer in demo.layers(workspace):
        if layer in but:
            continue
        rows = demo.rows(workspace, 'SELECT * FROM "%s" ORDER BY 1' % layer)
        if layer in REPLACED:
            rows = sorted(({c: v for c, v in list(r.items())[1:]} for r in rows), key=lambda r: str(list(r.values())))
        out[layer] = rows
    return out


class Reimport(demo.Demo):
    def again(self, *arguments, expect=(demo.DONE,)):
        workspace = self.copy_of_run()
        before, runs = content(workspace), demo.rows(workspace, "SELECT count(*) AS n FROM provenance")[0]["n"]
        demo.sitemap("import", *arguments, "-w", workspace, *DATE, expect=expect)
        after = content(workspace)
        self.assertEqual(set(before), set(after))
        for layer in before:
            for old, new in zip(before[layer], after[layer]):
                changed = {column: (old[column], new[column]) for column in old if old[column] != new[column]}
                with self.subTest(layer, row=list(old.values())[:3]):
                    self.assertFalse({c: [str(v)[:80] for v in pair] for c, pair in changed.items()})
            with self.subTest(layer):
                self.assertEqual(len(before[layer]), len(after[layer]))
        self.assertEqual(demo.rows(workspace, "SELECT count(*) AS n FROM provenance")[0]["n"], runs + 1)

    def test_points(self):
        self.again("--as", "cems", demo.ALMARJ_POINTS)

    def test_flood(self):
        self.again("--as", "cems", demo.DERNA_FLOOD)

    def test_places(self):
        self.again("--to", "place", demo.DATA / "places.csv")

    def test_admin_with_areas_that_have_no_code(self):
        self.again("--to", "admin", demo.DATA / "admin.geojson")

    def test_sites_with_their_rejected_rows(self):
        self.again("--to", "site", demo.DATA / "sites.csv", "--map", "السعة (persons)=capacity", "--map", "نوع المبنى=premises",
                   "--set", "synthetic=true", "--set", "source=Synthetic list for the demo", expect=(demo.REJECTED,))

    def test_versions(self):
        points = demo.features(demo.ALMARJ_POINTS)
        workspace = self.copy_of_run()
        before = content(workspace, ("provenance", "finding"))
        older = demo.write_features(self.folder / demo.ALMARJ_POINTS.name.replace("_v2", "_v1"), points[:10])
        newer = demo.write_features(self.folder / demo.ALMARJ_POINTS.name.replace("_v2", "_v3"), points[:10])
        demo.sitemap("import", "--as", "cems", older, "-w", workspace, *DATE, expect=(demo.FAILED,))
        self.assertEqual(content(workspace, ("provenance", "finding")), before)
        demo.sitemap("import", "--as", "cems", newer, "-w", workspace, *DATE)
        self.assertEqual(demo.rows(workspace, "SELECT version, count(*) AS n FROM damage WHERE aoi = 3 GROUP BY 1"),
                         [{"version": 3, "n": 10}])

    def test_a_workspace_of_the_model_before(self):
        """Version 1 had one column `statement`: it is taken over, and the next count replaces it."""
        workspace = self.copy_of_run()
        before = content(workspace, ("provenance", "finding", "layer_styles"))
        connection = sqlite3.connect(workspace)
        for layer in ("damage_summary", "damage_extent"):
            connection.execute("ALTER TABLE %s DROP COLUMN statement_ar" % layer)
            connection.execute("ALTER TABLE %s RENAME COLUMN statement_en TO statement" % layer)
            connection.execute("DELETE FROM gpkg_data_columns WHERE table_name = ? AND column_name LIKE 'statement%'", (layer,))
        connection.execute("UPDATE sitemap_meta SET value = '1' WHERE key = 'model_version'")
        connection.commit()
        connection.close()
        demo.sitemap("import", "--as", "cems", demo.DERNA_FLOOD, "-w", workspace, *DATE)
        self.assertEqual([r["statement_en"] for r in demo.rows(workspace, "SELECT * FROM damage_summary ORDER BY 1")],
                         [r["statement_en"] for r in before["damage_summary"]])
        demo.sitemap("damage", workspace, *DATE)
        self.assertEqual(content(workspace, ("provenance", "finding", "layer_styles")), before)

    def test_a_version_without_rows_replaces_none(self):
        """Empty, or with positions that are nowhere on Earth: what is there stays, and the findings say so."""
        nowhere = [{**f, "geometry": {"type": "Point", "coordinates": [500, 500]}} for f in demo.features(demo.ALMARJ_POINTS)[:5]]
        for version, features, said, code in ((3, [], "it has no rows", demo.DONE), (4, nowhere, "all its rows are rejected", demo.REJECTED),
                                              (2, nowhere, "all its rows are rejected", demo.REJECTED)):
            with self.subTest(version, said=said):
                workspace = self.copy_of_run()
                before = content(workspace, ("provenance", "finding"))
                newer = demo.write_features(self.folder / demo.ALMARJ_POINTS.name.replace("_v2", "_v%d" % version), features)
                demo.sitemap("import", "--as", "cems", newer, "-w", workspace, *DATE, expect=(code,))
                self.assertEqual(content(workspace, ("provenance", "finding")), before)
                found = demo.rows(workspace, "SELECT message FROM finding WHERE code = 'version_without_rows'")
                self.assertEqual(len(found), 1)
                self.assertIn(said, found[0]["message"])


unittest.main()
