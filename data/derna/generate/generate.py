#!/usr/bin/env python3
"""Makes the SYNTHETIC part of the Derna scenario: ../synthetic, or the folder that is named.

    python3 generate.py [FOLDER]

Needs nothing but Python 3 and this folder's real data. The same data give the same bytes on every machine; it takes
about half a minute. See README.md beside this file."""
import pathlib
import sys

import geotiff
import tables
import utm
from buildings import Town
from chance import between
from examples import Earthquake, Landslide
from flood import NODATA, Flood
from given import DERNA, MARK, Given
from shelters import Shelters
from streets import BUILT, Streets
from terrain import Terrain
from wadi import Wadi

NAMES = {  # of roads
    "": (None, None),
    "coast": ("Coast road", "الطريق الساحلي"),
    "west_bank": ("West bank road", "طريق الضفة الغربية"),
    "east_bank": ("East bank road", "طريق الضفة الشرقية"),
    "bridge": ("Bridge over the wadi", "جسر الوادي"),
    "south_hill": ("South hill road", "طريق الهضبة الجنوبي"),
    "west_hill": ("West hill road", "طريق الهضبة الغربي"),
    "track": ("Wadi track", "مسلك الوادي"),
}
RASTERS = (  # file, title, unit, the hazard that it is the intensity of
    ("terrain", "Height of the ground", "m", None),
    ("flood_depth", "Flood depth", "m", "dam_break"),
    ("flood_velocity", "Flood velocity", "m/s", None),
    ("flood_arrival", "Arrival of the flood after the upper dam fails", "min", None),
    ("earthquake_pga", "Peak ground acceleration, an example", "g", "earthquake"),
)


def write_rasters(out, given, terrain, flood, earthquake):
    values = {"terrain": terrain.height, "flood_depth": flood.depth, "flood_velocity": flood.speed,
              "flood_arrival": flood.arrival, "earthquake_pga": earthquake.pga}
    for name, title, unit, _ in RASTERS:
        grid = earthquake.grid if name == "earthquake_pga" else given.grid
        geotiff.write(out / (name + ".tif"), values[name], grid, NODATA,
                      {"SYNTHETIC": "yes", "TITLE": "SYNTHETIC: " + title, "UNIT": unit, "SOURCE": MARK})
    tables.write_csv(out / "hazard_raster.csv", ["raster_id", "hazard", "path", "band", "unit", "source"],
                     [["synthetic_" + name, hazard, "../../data/derna/synthetic/%s.tif" % name, 1, unit, MARK]
                      for name, _, unit, hazard in RASTERS if hazard])


def write_buildings(out, town):
    tables.write_zipped_csv(out / "building.zip", ["building_id", "use", "floors", "population", "source", "wkt"], [
        ["SYN-B%05d" % number, b.use, b.floors, b.people, MARK, tables.wkt_polygon(tables.degrees(b.ring))]
        for number, b in enumerate(town.buildings, 1)])


def write_roads(out, streets):
    features = []
    for number, (line, rank, name, is_bridge) in enumerate(streets.segments, 1):
        speed, width, surface = BUILT[rank]
        name_en, name_ar = NAMES["bridge" if is_bridge else name]
        properties = {"road_id": "SYN-R%04d" % number, "name_en": name_en, "name_ar": name_ar, "class": rank,
                      "speed_kmh": speed, "oneway": "no", "surface": surface, "bridge": is_bridge, "width_m": width,
                      "source": MARK}
        features.append((properties, "LineString", tables.degrees(line)))
    tables.write_geojson(out / "road.geojson", features, MARK)


def write_closures(out, given, streets):
    """Every bridge of the wadi, by the ID of its road: a scenario, for nobody says here which bridge stood where."""
    made, features = given.invented["closures"], []
    for number, (line, _, _, is_bridge) in enumerate(streets.segments, 1):
        if is_bridge:
            properties = {"closure_id": "SYN-C%d" % (len(features) + 1), "kind": "bridge_cut", "passable": "none",
                          "road_id": "SYN-R%04d" % number, "scenario": made["scenario"], "valid_from": made["valid_from"],
                          "confidence": "low", "source": MARK + "; " + made["source"]}
            features.append((properties, "LineString", tables.degrees(line)))
    tables.write_geojson(out / "closure.geojson", features, MARK)


def write_landslide(out, given, landslide):
    made = given.invented["landslide"]
    shapes = [(code, [tables.degrees(ring) for ring in polygon])
              for code, polygons in landslide.classes.items() for polygon in polygons]
    common = {"activation": made["activation"], "source": MARK + "; an example, not an assessment"}
    tables.write_geojson(out / "landslide.geojson", [
        ({"hazard_id": "SYN-L%04d" % number, "hazard": "landslide", "class": code, **common}, "Polygon", rings)
        for number, (code, rings) in enumerate(shapes, 1)], MARK)
    tables.write_geojson(out / "landslide_coverage.geojson", [
        ({"coverage_id": "SYN-L", "kind": "survey_area", "status": "produced",
          "name_en": "Landslide example (SYNTHETIC)", "name_ar": "مثال الانهيارات الأرضية (بيانات مصطنعة)", **common},
         "Polygon", [tables.degrees(landslide.area)])], MARK)


def write_sites(out, shelters):
    columns = ["site_id", "name_en", "name_ar", "site_type", "status", "premises",
               "floor_area_m2", "site_area_m2", "capacity"]
    rows = []
    for site in shelters.rows:
        lon, lat = utm.unproject(*site["place"])
        rows.append([site[column] for column in columns] + ["%.6f" % lat, "%.6f" % lon, "true", MARK])
    tables.write_csv(out / "site.csv", columns + ["lat", "lon", "synthetic", "source"], rows)


def write_people(out, given, shelters):
    """One round: some of the room of each site is taken."""
    made, rows = given.invented["sites"]["round"], []
    for number, site in enumerate(shelters.rows, 1):
        people = int(site["capacity"] * between(*made["share_of_capacity"], 98, number))
        rows.append([site["site_id"], 1, made["date"], round(people / made["people_a_household"]), people, MARK])
    tables.write_csv(out / "site_round.csv", ["site_id", "round", "date", "households", "individuals", "source"], rows)


def main():
    if len(sys.argv) > 2 or any(word.startswith("-") for word in sys.argv[1:]):
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else DERNA / "synthetic"
    out.mkdir(parents=True, exist_ok=True)
    given = Given()
    wadi = Wadi(given)
    terrain = Terrain(given, wadi)
    streets = Streets(given, wadi, terrain)
    town = Town(given, wadi, terrain, streets)
    write_rasters(out, given, terrain, Flood(given, wadi), Earthquake(given, terrain))
    write_buildings(out, town)
    write_roads(out, streets)
    write_closures(out, given, streets)
    write_landslide(out, given, Landslide(given, terrain))
    shelters = Shelters(given, town)
    write_sites(out, shelters)
    write_people(out, given, shelters)


if __name__ == "__main__":
    main()
