#!/usr/bin/env python3
"""Makes what the demo shows inside of two of its invented centres: ../inside, or the folder that is named.

    python3 inside.py [FOLDER]

site_feature.geojson (a school with three wings round a yard; a row of tents beside a stream bed), site_round.csv (two
rounds of monitoring) and site_population.csv (people by age and sex of the second). All of it is SYNTHETIC. Needs
Python 3 alone; the same bytes on every machine."""
import math
import pathlib
import sys

import tables

MARK = "SYNTHETIC: generated for the demo | بيانات مصطنعة"
DATE = "2023-09-20"
BANDS = ((0, 4), (5, 11), (12, 17), (18, 24), (25, 59), (60, None))
ROUND = ["site_id", "round", "date", "households", "individuals", "water_l_per_person_day", "taps", "latrines_female",
         "latrines_female_functional", "latrines_male", "latrines_male_functional", "latrines_shared",
         "latrines_shared_functional", "showers", "showers_functional", "source"]
ROUNDS = [  # None: not reported
    ("DRN-001", 1, "2023-09-15", 71, 362, 8, 4, 4, 3, 3, 2, 0, 0, 2, 1),
    ("DRN-001", 2, DATE, 62, 318, 13.5, 6, 6, 5, 3, 2, 0, 0, 4, 4),
    ("DRN-002", 2, DATE, 41, 204, 16, 5, 6, 6, 2, 2, 2, 2, 4, 3),
    ("DRN-003", 2, DATE, 30, 151, None, 2, None, None, None, None, 4, 3, 1, 1),
    ("DRN-006", 2, DATE, 33, 170, 15, 4, 4, 4, 2, 2, 0, 0, 2, 2),
    ("DRN-008", 2, DATE, 188, 940, 11, 9, 14, 11, 8, 6, 2, 2, 9, 7),
    ("DRN-009", 2, DATE, 58, 287, 18, 6, 9, 9, 4, 4, 0, 0, 6, 6),
    ("DRN-010", 1, "2023-09-15", 12, 61, 5, 1, None, None, None, None, 1, 1, 0, 0),
    ("DRN-010", 2, DATE, 16, 84, 7.5, 1, None, None, None, None, 2, 1, 0, 0),
    ("DRN-011", 2, DATE, 0, 0, None, 6, 6, 6, 4, 4, 0, 0, 4, 4),
    ("MRJ-001", 2, DATE, 48, 243, 15, 4, 6, 6, 3, 3, 0, 0, 4, 4),
    ("MRJ-002", 2, DATE, 35, 176, 14, 3, 4, 4, 2, 2, 0, 0, 3, 3),
    ("DRN-007", 2, DATE, 4, 21, None, 1, None, None, None, None, 1, 1, 0, 0),
]
PEOPLE = {  # female and male by band, of the second round
    "DRN-001": ((22, 25), (29, 31), (19, 21), (18, 15), (61, 48), (17, 12)),
    "DRN-002": ((14, 15), (18, 20), (12, 13), (11, 10), (40, 31), (12, 8)),
    "DRN-008": ((66, 70), (88, 92), (57, 61), (51, 46), (181, 148), (45, 35)),
    "DRN-009": ((20, 21), (27, 28), (17, 19), (16, 14), (55, 44), (15, 11)),
    "DRN-010": ((7, 8), (8, 9), (5, 5), (4, 4), (15, 13), (4, 2)),
}


class Place:
    """A plane in metres, x to the right of the site, turned by its bearing, about a place in degrees."""

    def __init__(self, site, lon, lat, bearing):
        self.site, self.lon, self.lat = site, lon, lat
        self.cos, self.sin = math.cos(math.radians(bearing)), math.sin(math.radians(bearing))
        self.features = []

    def degrees(self, x, y):
        east, north = x * self.cos + y * self.sin, y * self.cos - x * self.sin
        metre = 1 / 111320.0
        return [round(self.lon + east * metre / math.cos(math.radians(self.lat)), 7), round(self.lat + north * metre, 7)]

    def put(self, kind, shape, points, status=None, name=(None, None), agency=None):
        at = [self.degrees(x, y) for x, y in points]
        coordinates = at[0] if shape == "Point" else at if shape == "LineString" else [at + at[:1]]
        number = 1 + sum(properties["kind"] == kind for properties, _, _ in self.features)
        self.features.append(({
            "feature_id": "%s-%s-%02d" % (self.site, kind, number), "site_id": self.site, "kind": kind, "name_en": name[0],
            "name_ar": name[1], "status": status, "agency": agency, "date": DATE, "source": MARK}, shape, coordinates))

    def point(self, kind, x, y, status="functional", **more):
        self.put(kind, "Point", [(x, y)], status, **more)

    def box(self, kind, x, y, w, h, **more):
        self.put(kind, "Polygon", [(x, y), (x + w, y), (x + w, y + h), (x, y + h)], **more)

    def line(self, kind, *points):
        self.put(kind, "LineString", points)


def school():
    """Three wings of rooms round a yard of 84 by 60 m, its gate to the south."""
    s = Place("DRN-001", 22.6290, 32.7520, 14)
    s.box("boundary", -42, -30, 84, 60)
    for wing, (x, y, along, rooms) in {"A": (-34, 14, True, 8), "B": (-38, -22, False, 4), "C": (30, -22, False, 4)}.items():
        w, h = (rooms * 8, 8) if along else (8, rooms * 8)
        s.box("block", x, y, w, h, name=("Wing " + wing, "جناح " + {"A": "أ", "B": "ب", "C": "ج"}[wing]))
        for k in range(rooms):
            s.box("shelter", x + (k * 8 if along else 0) + 0.6, y + (0 if along else k * 8) + 0.6, 6.8, 6.8)
    s.line("fence", (-8, -30), (-42, -30), (-42, 30), (42, 30), (42, -30), (8, -30))
    s.line("path", (0, -30), (0, -6), (0, 12))
    s.line("path", (-28, -6), (0, -6), (28, -6))
    s.point("entrance", 0, -30, None, name=("Main gate", "البوابة الرئيسية"))
    s.point("entrance", -42, 6, None, name=("Side gate", "بوابة جانبية"))
    for x, y, status in ((36, 15, "functional"), (36, 18.5, "functional"), (36, 22, "functional"), (39.5, 15, "functional"),
                         (39.5, 18.5, "functional"), (39.5, 22, "not_functional")):
        s.point("latrine_female", x, y, status)
    for x, y, status in ((-39.5, 15, "functional"), (-39.5, 19, "functional"), (-39.5, 23, "not_functional")):
        s.point("latrine_male", x, y, status)
    for y in (26, 29):
        s.point("shower", 36, y - 1)
        s.point("shower", -39.5, y - 1)
    for x in (-16, -12, 12, 16):
        s.point("water_point", x, 8)
    s.point("handwashing", 31, 25)
    s.point("handwashing", -34, 25)
    s.point("water_tank", 22, 8, agency="Fictitious Aid Two")
    s.point("distribution", -15, -14, agency="Fictitious Aid One")
    s.point("information", -7, -22, name=("Help desk", "مكتب المساعدة"), agency="Fictitious Aid One")
    s.point("registration", 4, -17, agency="Fictitious Aid One")
    s.point("feedback", -13, -22, agency="Fictitious Aid Two")
    s.point("office", 8, -22, agency="Fictitious Aid One")
    s.point("health", 18, -14, "partial", name=("Health post", "نقطة صحية"))
    s.box("child_friendly_space", -24, -4, 16, 9, name=("Play yard", "ساحة اللعب"))
    s.point("assembly_point", 12, 1, None, name=("Assembly point", "نقطة التجمع"))
    s.point("kitchen", -24, -18)
    s.point("storage", 24, -20)
    s.point("waste_point", 38, -27, "partial")
    s.point("power", -38, -27)
    for x, y in ((-20, -27), (20, -27), (0, 10), (-38, 12), (26, 24), (-26, 25)):
        s.point("light", x, y)
    return s.features


def tents():
    """Sixteen tents in two rows along a stream bed, with one tap and two latrines."""
    s = Place("DRN-010", 22.6355, 32.7398, -25)
    s.box("boundary", -36, -22, 72, 44)
    for row, y in enumerate((-12, 4)):
        for k in range(8):
            s.box("shelter", -32 + k * 8, y, 5, 4 + (k + row) % 2)
    s.line("path", (-36, -2), (36, -2))
    s.line("waterway", (-60, 26), (-30, 29), (0, 27), (30, 31), (60, 29))
    s.point("entrance", -36, -2, None)
    s.point("water_point", 32, -4)
    s.point("latrine", 33, 14)
    s.point("latrine", 33, 18, "not_functional")
    s.point("waste_point", -33, 17)
    s.point("fire_point", 0, -18, "not_functional")
    return s.features


def population():
    for site, bands in PEOPLE.items():
        for (low, high), counts in zip(BANDS, bands):
            for sex, people in zip(("female", "male"), counts):
                yield [site, 2, sex, low, high, "idp", people, DATE, MARK]


def main():
    here = pathlib.Path(__file__).resolve().parent
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "inside"
    out.mkdir(parents=True, exist_ok=True)
    tables.write_csv(out / "site_round.csv", ROUND, [list(row) + [MARK] for row in ROUNDS])
    tables.write_csv(out / "site_population.csv", ["site_id", "round", "sex", "age_min", "age_max", "population_group",
                                                   "individuals", "date", "source"], population())
    tables.write_geojson(out / "site_feature.geojson", school() + tents(), MARK)


if __name__ == "__main__":
    main()
