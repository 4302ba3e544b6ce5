"""Changed input changes the answer: rows in another order do not, other grades, uses and fewer points do, exactly."""
import collections
import copy
import random
import unittest

import demo

# Words of the vocabulary that Copernicus EMS uses since 2019, and the codes they stand for.
GRADES = {"Destroyed": "destroyed", "Damaged": "damaged", "Possibly damaged": "possibly_damaged"}
USES = {"11-Residential Buildings": "residential", "995-Unclassified": "unclassified",
        "1264-Hospital or institutional care buildings": "health",
        "1263-School, university and research buildings": "school"}
SEEDS = (1, 20230911, 696)


def counted(points, area):
    return dict(collections.Counter((area, USES[p["properties"]["obj_type"]], GRADES[p["properties"]["damage_gra"]])
                                    for p in points))


def perturbed(points, seed):
    rng = random.Random(seed)
    points = copy.deepcopy(points)
    for p in rng.sample(points, rng.randint(1, len(points) // 2)):
        p["properties"]["damage_gra"] = rng.choice(list(GRADES))
    for p in rng.sample(points, rng.randint(1, len(points) // 2)):
        p["properties"]["obj_type"] = rng.choice(list(USES))
    for p in rng.sample(points, rng.randint(1, len(points) // 3)):
        points.remove(p)
    rng.shuffle(points)
    return points


class Changed(demo.Demo):
    def written(self, name, items):
        folder = self.folder / str(len(list(self.folder.iterdir())))
        folder.mkdir()
        return demo.write_features(folder / name, items)

    def test_order_of_the_points(self):
        points = demo.features(demo.ALMARJ_POINTS)
        mixed = random.Random(7).sample(points, len(points))
        self.assertNotEqual(points, mixed)
        first = self.damage_of(demo.ALMARJ_POINTS)
        second = self.damage_of(self.written(demo.ALMARJ_POINTS.name, mixed))
        sql = "SELECT * FROM damage_summary ORDER BY fid"
        self.assertEqual(demo.rows(first, sql), demo.rows(second, sql))

    def test_other_points(self):
        points = demo.features(demo.ALMARJ_POINTS)
        seen = {tuple(sorted(counted(points, 3).items()))}
        for seed in SEEDS:
            with self.subTest(seed=seed):
                changed = perturbed(points, seed)
                workspace = self.damage_of(self.written(demo.ALMARJ_POINTS.name, changed))
                self.assertEqual(demo.summary(workspace), counted(changed, 3))
                seen.add(tuple(sorted(counted(changed, 3).items())))
        self.assertEqual(len(seen), 1 + len(SEEDS), "the perturbed copies differ from the original and each other")

    def test_other_points_as_an_excerpt(self):
        changed = perturbed(demo.features(demo.DERNA_EXCERPT), 5)
        workspace = self.damage_of(self.written(demo.DERNA_EXCERPT.name, changed), set_options=("--set", "completeness=excerpt"))
        self.assertEqual(demo.summary(workspace), {})
        self.assertEqual(demo.summary(workspace, excerpt=True), counted(changed, 1))

    def test_other_flood(self):
        polygons = demo.features(demo.DERNA_FLOOD)
        for seed in SEEDS:
            rng = random.Random(seed)
            kept = rng.sample(polygons, rng.randint(len(polygons) // 2, len(polygons) - 1))
            stated = collections.Counter()
            for p in kept:
                stated[p["properties"]["notation"].lower().replace(" ", "_")] += p["properties"]["area"]
            workspace = self.damage_of(self.written(demo.DERNA_FLOOD.name, kept))
            got = {r["class"]: r for r in demo.rows(workspace, "SELECT * FROM damage_extent WHERE area_ha IS NOT NULL")}
            with self.subTest(seed=seed):
                self.assertEqual(set(got), set(stated))
                for key in got:
                    self.assertAlmostEqual(got[key]["area_ha"], stated[key], delta=0.002 * stated[key])

    def test_a_product_that_is_missing_now_and_an_area_that_is(self):
        areas = demo.features(demo.AREAS)
        swapped = copy.deepcopy(areas)
        for a in swapped:
            if a["properties"]["aoi"] in (3, 6):
                a["properties"]["status"] = next(b["properties"]["status"] for b in areas
                                                 if b["properties"]["aoi"] == 9 - a["properties"]["aoi"])
        path = self.written(demo.AREAS.name, swapped)
        workspace = self.folder / "swapped.gpkg"
        demo.sitemap("new", workspace)
        demo.sitemap("import", "--as", "cems", path, "-w", workspace)
        demo.sitemap("damage", workspace)
        got = {demo.area_number(r["area_id"]): r["coverage"] for r in demo.rows(workspace, "SELECT * FROM damage_summary")}
        self.assertEqual({n for n, c in got.items() if c == "not_produced"}, {3, 8})


unittest.main()
