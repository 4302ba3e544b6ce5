"""Labels of a map: what found no room is listed with its key, names that are none do no harm, threads change nothing."""
import json
import re
import unittest

import support

AREA = "22.59,32.75,22.66,32.78"


class Labels(support.InFolder):
    def import_sites(self, names, where=lambda i: (22.62, 32.76)):
        rows = ["site_id,name_en,status,site_type,lon,lat,source"]
        for i, name in enumerate(names):
            lon, lat = where(i)
            rows.append(f'S{i:04},"{name}",open,collective_centre,{lon},{lat},Survey')
        self.write("site.csv", "\n".join(rows) + "\n")
        support.run("new", "w.gpkg", "--overwrite")
        done = support.run("import", "site.csv", "-w", "w.gpkg", "--to", "site", "--crs", "EPSG:4326")
        self.assertIn(done.returncode, (0, 3), done.stderr)

    def map(self, *arguments, output="map.png"):
        done = support.run("map", "w.gpkg", "-o", output, "--overwrite", "--json", "--extent", AREA, "--set", "area_en=Derna",
                           "--set", "area_ar=درنة", "--set", "country_en=Libya", "--set", "country_ar=ليبيا", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        result = json.loads(done.stdout)
        placed, wanted = map(int, re.search(r"(\d+) of (\d+) labels placed", json.dumps(result)).groups())
        left = [table["rows"] for table in result["tables"] if table["name"] == "labels_not_placed"]
        return placed, wanted, left[0] if left else []

    def test_what_found_no_room_is_listed(self):
        self.import_sites([f"Collective centre number {i}" for i in range(400)])
        placed, wanted, left = self.map()
        self.assertEqual(wanted, 400)
        self.assertTrue(2 < placed < 400)
        self.assertEqual(len(left), wanted - placed)
        self.assertEqual({row["layer"] for row in left}, {"site"})
        self.assertEqual(len({row["key"] for row in left}), len(left))
        for row in left:
            self.assertEqual(row["text"], f"Collective centre number {int(row['key'][1:])}")

    def test_nothing_is_listed_where_all_have_room(self):
        self.import_sites(["North", "South"], lambda i: (22.6 + i * 0.04, 32.76))
        self.assertEqual(self.map(), (2, 2, []))

    def test_names_that_are_none(self):
        self.import_sites(["\u202eevil\u202c", "two\nlines", "\u2067مدرسة", " ", "x" * 100_000, "\u2069\u2069a\tb"],
                          lambda i: (22.6 + i * 0.01, 32.755 + i * 0.004))
        placed, wanted, left = self.map()
        self.assertEqual(wanted, 5)
        self.assertEqual(placed + len(left), 5)

    def test_threads_change_nothing(self):
        self.import_sites([f"Centre {i}" for i in range(150)], lambda i: (22.6 + i % 15 * 0.003, 32.755 + i // 15 * 0.002))
        told = []
        for threads in ("1", "4"):
            told.append(self.map("--threads", threads, output=f"map{threads}.png"))
        self.assertEqual(told[0], told[1])
        self.assertEqual((self.folder / "map1.png").read_bytes(), (self.folder / "map4.png").read_bytes())


if __name__ == "__main__":
    unittest.main()
