#!/usr/bin/python3
"""Makes admin.geojson, coast.geojson and places.csv from the sources as published.

    /usr/bin/python3 prepare.py SOURCES     (folder with libya-base/ and pcodes/; see README.md beside this file)

The same input gives the same bytes. The script stops when a checked table no longer agrees with the sources."""

import csv
import json
import os
import re
import sys
import unicodedata

from osgeo import ogr

ogr.UseExceptions()
HERE = os.path.dirname(os.path.abspath(__file__))
DERNA = os.path.dirname(HERE)
DECIMALS = 6  # about 0.1 m
TATWEEL = "\u0640"


def path(*parts):
    return os.path.join(*parts)


def rows(name, delimiter=","):
    with open(name, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter=delimiter))


def tidy(name):
    """Published spelling without the tatweel and the doubled blanks of the P-code list."""
    return re.sub(r"\s+", " ", name.replace(TATWEEL, "")).strip()


def plain(name):
    """Small ASCII letters and hyphens, for keys: "Al Bayḑā’" -> "al-bayda"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def read_pcodes(sources):
    return {r["pcode"]: r for r in rows(path(sources, "pcodes", "lby_pcodes.tsv"), "\t")}


def rounded(coordinates):
    if isinstance(coordinates[0], (int, float)):
        return [round(v, DECIMALS) for v in coordinates[:2]]
    return [rounded(c) for c in coordinates]


def feature(properties, geometry):
    g = json.loads(geometry.ExportToJson())
    g["coordinates"] = rounded(g["coordinates"])
    return {"type": "Feature", "properties": properties, "geometry": g}


def write_geojson(name, features):
    with open(path(DERNA, name), "w", encoding="utf-8", newline="\n") as f:
        f.write('{"type":"FeatureCollection","name":"%s","features":[\n' % name.split(".")[0])
        f.write(",\n".join(json.dumps(x, ensure_ascii=False, separators=(",", ":")) for x in features))
        f.write("\n]}\n")


def towns_of(sources):
    """Towns with a known P-code: (district, point)."""
    names = {r["geonames_name"]: r["pcode"] for r in rows(path(DERNA, "place_names.csv"))}
    towns = rows(path(sources, "libya-base", "cities_json_LY.csv"))
    return [(names[r["name"]][:6], ogr.CreateGeometryFromWkt("POINT (%s %s)" % (r["lng"], r["lat"])))
            for r in towns if r["name"] in names]


def is_counterpart(pcode, polygon, towns):
    """Half or more of the towns inside are the district's, and half or more of the district's towns are inside."""
    inside = [district for district, point in towns if polygon.Contains(point)]
    own = [district for district, _ in towns if district == pcode]
    return bool(own) and 2 * inside.count(pcode) >= len(inside) and 2 * inside.count(pcode) >= len(own)


def admin(sources, pcodes):
    """Natural Earth admin-1 with the P-code of admin_names.csv; none where the table gives none."""
    table = {r["ne_name"]: r for r in rows(path(DERNA, "admin_names.csv"))}
    used = [r["pcode"] for r in table.values() if r["pcode"]]
    assert len(used) == len(set(used)), "a P-code stands twice in admin_names.csv"
    dataset = ogr.Open(path(sources, "libya-base", "libya_packages.gpkg"))
    towns = towns_of(sources)
    features = []
    for f in dataset.GetLayer("ne10m_admin1_qgis"):
        r = table.pop(f["name"])
        assert r["ne_gn_name"] == f["gn_name"], (r, f["gn_name"])
        source = pcodes.get(r["pcode"])
        if source:
            assert is_counterpart(r["pcode"], f.GetGeometryRef(), towns), r
            assert source["level"] == "2" and r["name_en"] == tidy(source["name_en"]), r
            assert r["name_ar"] == tidy(source["name_ar"]), r
        features.append(feature({
            "pcode": r["pcode"] or None, "level": 2, "name_en": r["name_en"] or r["ne_name"],
            "name_ar": r["name_ar"] or None,
            "parent": source["parent"] if source else None, "ne_name": r["ne_name"], "matched_by": r["matched_by"],
            "gazetteer": "P-code list in REACH Libya MSNA 2021" if source else None,
            "source": "Natural Earth 1:10m admin-1, not COD boundaries", "note": r["note"] or None,
        }, f.GetGeometryRef()))
    assert not table, table
    features.sort(key=lambda x: (x["properties"]["pcode"] or "ZZ", x["properties"]["ne_name"]))
    write_geojson("admin.geojson", features)


def coast(sources):
    """The coast as lines, without the edges at which the source was cut (31 N, 26 E)."""
    dataset = ogr.Open(path(sources, "libya-base", "osm_coast_ne_libya.gpkg"))
    only = dataset.GetLayer(0).GetNextFeature()  # kept: OGR's geometries live as long as their feature
    shape = only.GetGeometryRef()
    _, east, south, _ = shape.GetEnvelope()
    lines = []

    def is_cut(a, b):
        return a[0] == b[0] == east or a[1] == b[1] == south

    for polygon in shape:
        for ring in polygon:
            points = [p[:2] for p in ring.GetPoints()[:-1]]
            cuts = [i for i in range(len(points)) if is_cut(points[i - 1], points[i])]
            start = cuts[-1] if cuts else 0  # begin after a cut, so that no line is broken at the ring's first point
            points = points[start:] + points[:start]
            line = [points[0]]
            for a, b in zip(points, points[1:] + points[:1]):
                if is_cut(a, b):
                    lines.append(line)
                    line = [b]
                else:
                    line.append(b)
            lines.append(line)

    def as_line(points):
        line = ogr.Geometry(ogr.wkbLineString)
        for p in points:
            line.AddPoint_2D(*p)
        return line

    write_geojson("coast.geojson", [
        feature({"coast_id": "osm-%d" % number, "kind": "coastline", "source": "OpenStreetMap contributors, ODbL 1.0"},
                as_line(points)) for number, points in enumerate((x for x in lines if len(x) > 1), 1)])


def places(sources, pcodes):
    """Towns of GeoNames; an Arabic name only where place_names.csv names the entry of the P-code list it comes from, and an
    English one other than GeoNames' where it says so. A place that a municipality (level 3, eight characters) is named
    after is called a town: GeoNames' extract has no sizes."""
    names = {r["geonames_name"]: r["pcode"] for r in rows(path(DERNA, "place_names.csv"))}
    english = {r["geonames_name"]: r["name_en"] for r in rows(path(DERNA, "place_names.csv")) if r["name_en"]}
    ids = set()
    with open(path(DERNA, "places.csv"), "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["place_id", "name_en", "name_ar", "lat", "lon", "kind", "name_ar_from", "source"])
        for r in sorted(rows(path(sources, "libya-base", "cities_json_LY.csv")), key=lambda r: (r["name"], r["lat"])):
            pcode = names.pop(r["name"], "")
            place_id = "LY%s-%s" % (r["admin1"], plain(r["name"]))
            assert place_id not in ids, place_id
            ids.add(place_id)
            out.writerow([place_id, english.get(r["name"], r["name"]), tidy(pcodes[pcode]["name_ar"]) if pcode else "", r["lat"], r["lng"],
                          "town" if len(pcode) == 8 else "", pcode, "GeoNames, CC BY 4.0"])
    assert not names, names


def main():
    sources = sys.argv[1]
    pcodes = read_pcodes(sources)
    admin(sources, pcodes)
    coast(sources)
    places(sources, pcodes)


if __name__ == "__main__":
    main()
