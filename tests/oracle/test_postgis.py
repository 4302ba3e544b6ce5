"""Shares of buildings and roads in polygon hazards against PostGIS: the same scene, one by one.

Where zones overlap, the share is that of their union and the class the highest that has a share. Usage:
test_postgis.py [BUILDINGS ROADS SEED]"""
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    from osgeo import ogr
except ImportError:
    print("needs python3-gdal")
    sys.exit(77)

import cluster
import scene

# Shares in units of the whole asset. Roads: a length along the border of a zone is the zone's for us; PostGIS keeps it too.
TOLERANCE = 1e-9

# The union is cut into pieces that do not overlap, so that lengths and areas can be added up.
UNION = """
create table {hazard}_union as select st_subdivide(st_union(geom), 256) as geom from {hazard};
create index on {hazard}_union using gist(geom);
create index on {hazard} using gist(geom);
"""
QUERY = """
select id, max(class), (select sum({size}(st_intersection(a.geom, u.geom))) from {hazard}_union u where st_intersects(a.geom, u.geom))
    from (select a.id, a.geom, h.class::int as class from {asset} a join {hazard} h on st_intersects(a.geom, h.geom)
          where {size}(st_intersection(a.geom, h.geom)) > 0) a
    group by id, geom order by id;
"""


def theirs(server, asset, hazard):
    size = "st_area" if asset == "building" else "st_length"
    whole = {int(k): float(v) for k, v in (line.split("\t") for line in
             server.sql(f"select id, {size}(geom) from {asset} where geom is not null").splitlines())}
    found = {}
    for line in server.sql(QUERY.format(asset=asset, hazard=hazard, size=size)).splitlines():
        number, klass, part = line.split("\t")
        if klass:
            found[int(number)] = (int(klass), float(part) / whole[int(number)])
    return {number: found.get(number, (None, 0.0)) for number in whole}


def ours(path, asset):
    source, rows = ogr.Open(str(path)), {}
    for feature in source.GetLayerByName("exposure_" + asset):
        number = int(feature[asset + "_id"][1:]) + 1
        rows[number] = {h: (feature[h + "_class"], feature[h + "_fraction"] or 0.0) for h in scene.HAZARDS}
    return rows


def compare(server, path, asset):
    rows, worst, faults = ours(path, asset), 0.0, []
    for hazard in scene.HAZARDS:
        touched = 0
        for number, (klass, share) in theirs(server, asset, hazard).items():
            our_class, our_share = rows[number][hazard]
            off = abs(our_share - share)
            worst = max(worst, off)
            touched += klass is not None
            # A sliver of a share that is within the tolerance may be a touch to one and a share to the other.
            same_class = (our_class or None) == klass or min(share, our_share) < TOLERANCE
            if off > TOLERANCE or not same_class:
                faults.append(f"{asset} {number} {hazard}: ours {our_class} {our_share!r}, PostGIS {klass} {share!r}")
        print(f"{asset} x {hazard}: {touched} touched")
        assert touched > 50, "the scene is too easy"
    print(f"{asset}: {len(rows)} compared, largest difference of a share {worst:.2g}, {len(faults)} faults")
    return faults


def main():
    buildings, roads, seed = (int(a) for a in sys.argv[1:4]) if len(sys.argv) > 3 else (4000, 800, 20230911)
    with tempfile.TemporaryDirectory() as name, cluster.Cluster() as server:
        folder = pathlib.Path(name)
        server.sql(scene.write(folder, seed, buildings, roads))
        for hazard in scene.HAZARDS:
            server.sql(UNION.format(hazard=hazard))
        command = [os.environ["SITEMAP"], "hazard", folder / "assets.gpkg", "-o", folder / "out.gpkg"]
        for hazard in scene.HAZARDS:
            command += ["--hazard", f"{hazard}={folder / 'hazards.gpkg'}|layername={hazard},column=class,classes=given_4"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        faults = compare(server, folder / "out.gpkg", "building") + compare(server, folder / "out.gpkg", "road")
    for fault in faults[:20]:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except cluster.Missing as missing:
        print(missing)
        sys.exit(77)
