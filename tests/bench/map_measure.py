#!/usr/bin/python3
"""map_measure.py PROJECT BUILD DATA RUNS SIZES: a million buildings, roads, sites and their names as a picture, by sitemap, Mapnik and QGIS from
the same GeoPackage in turns; exit 1 if a goal is missed or the pictures do not show the same."""
import os
import subprocess
import sys

import numpy
from osgeo import gdal, osr

import map_sheet as look
import measure as bench

gdal.UseExceptions()
osr.UseExceptions()
project, build, data, runs, sizes = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5].split()
here, out, python = os.path.dirname(os.path.abspath(__file__)), os.path.join(data, 'out'), '/usr/bin/python3'
sitemap, source = os.path.join(build, 'cli/sitemap'), os.path.join(data, 'map_4326.gpkg')
EXTENT = (22.54, 32.70, 22.74, 32.82)
DISTRICT = (22.62, 32.75, 22.63, 32.757)  # a part of it
MOST_MB = 400


def frame(size):
    """What the sheet shows: its scale about the middle of the extent, as the library finds that middle."""
    degrees, metres = osr.SpatialReference(), osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    metres.ImportFromEPSG(32634)
    for s in (degrees, metres):
        s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    x0, y0, x1, y1 = osr.CoordinateTransformation(degrees, metres).TransformBounds(*EXTENT, 21)
    width, height, dpi, mantissa = look.SIZES[size]
    scale = mantissa
    w, h = width * look.MM_PER_INCH / dpi, height * look.MM_PER_INCH / dpi
    while scale * 1.000000001 < max((x1 - x0) * 1000 / w, (y1 - y0) * 1000 / h, 500):
        scale *= 10
    return [(x0 + x1) / 2 - w * scale / 2000, (y0 + y1) / 2 - h * scale / 2000, (x0 + x1) / 2 + w * scale / 2000,
            (y0 + y1) / 2 + h * scale / 2000]


def ours(size, target, *more, extent=EXTENT):
    return [sitemap, 'map', source, '--sheet', 'bench_' + size, '--extent', ','.join('%g' % v for v in extent), '--lang', 'en', '--quiet', '-o',
            target] + list(more)


def peer(name, size):
    return [python, os.path.join(here, 'map_%s.py' % name), source, size] + ['%.6f' % v for v in frame(size)] + [
        os.path.join(out, '%s_%s.png' % (name, size))]


def read(path):
    return gdal.Open(path).ReadAsArray()[:3].astype(float)


def compare(size, name):
    """Pictures smoothed over 16 pixels: labels stand elsewhere, marks and buildings do not. Structural similarity after Wang and others (2004), and
    the ink: how far a picture's mean colour lies from the ground's."""
    a, b = (read(os.path.join(out, '%s_%s.png' % (n, size))) for n in ('sitemap', name))
    k = 16
    rows, columns = a.shape[1] // k * k, a.shape[2] // k * k
    a, b = (p[:, :rows, :columns].reshape(3, rows // k, k, columns // k, k).mean(axis=(2, 4)) for p in (a, b))
    x, y = a.mean(axis=0), b.mean(axis=0)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    similar = ((2 * x.mean() * y.mean() + c1) * (2 * numpy.cov(x.ravel(), y.ravel())[0, 1] + c2) /
               ((x.mean() ** 2 + y.mean() ** 2 + c1) * (x.var() + y.var() + c2)))
    ground = numpy.array([int(look.GROUND[i:i + 2], 16) for i in (1, 3, 5)])[:, None, None]
    ink = [numpy.abs(p - ground).mean() for p in (a, b)]
    bench.goal('%s shows the same: similarity %.3f (goal 0.9), ink %.1f and %.1f' % (name, similar, *ink),
               similar >= 0.9 and 0.8 <= ink[0] / ink[1] <= 1.25)


def peak(size, extent=EXTENT):
    """Memory of a run of its own."""
    target = os.path.join(out, 'peak.png')
    if os.path.exists(target):
        os.remove(target)
    done = subprocess.run(['/usr/bin/env', 'python3', '-c', 'import resource, subprocess, sys\nd = subprocess.run(sys.argv[1:])\n'
                           'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\nsys.exit(d.returncode)'] + ours(size, target, extent=extent),
                          stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout.split()[-1])


def district():
    """Of the same file, a map of a part: what is not near its frame is not read."""
    size = sizes[0]
    r = bench.measure({'sitemap': ours(size, os.path.join(out, 'sitemap_%s.png' % size)),
                       'sitemap, a district': ours(size, os.path.join(out, 'district.png'), extent=DISTRICT)}, runs, out)
    wall, cpu = (r['sitemap'][k] / r['sitemap, a district'][k] for k in (0, 1))
    bench.goal('a district of it: %.1f times faster than all, %.1f times less cpu (goal 4)' % (wall, cpu), cpu >= 4)
    most = peak(size, DISTRICT)
    bench.goal('a district of it: %d MB at most (goal 100)' % most, most < 100)


def main():
    styles = os.path.join(data, 'styles')
    look.write(project, styles)
    os.environ['SITEMAP_STYLES'] = styles
    for size in sizes:
        print('%s: %d x %d pixels' % (size, *look.SIZES[size][:2]))
        r = bench.measure({'sitemap': ours(size, os.path.join(out, 'sitemap_%s.png' % size)),
                           'sitemap, one thread': ours(size, os.path.join(out, 'one_%s.png' % size), '--threads', '1'),
                           'Mapnik': peer('mapnik', size)}, runs, out)
        r.update(bench.measure({'QGIS': peer('qgis', size)}, 1, out))
        for name, least in (('Mapnik', 2.5), ('QGIS', 8)):
            wall, cpu = (r[name][k] / r['sitemap'][k] for k in (0, 1))
            bench.goal('%.1f times faster than %s (goal %g); %.1f times less cpu' % (wall, name, least, cpu), wall >= least)
        with open(os.path.join(out, 'sitemap_%s.png' % size), 'rb') as a, open(os.path.join(out, 'one_%s.png' % size), 'rb') as b:
            bench.goal('the same bytes on one thread', a.read() == b.read())
        for name in ('mapnik', 'qgis'):
            compare(size, name)
    for size in sizes + ['a1']:
        most = peak(size)
        bench.goal('%s: %d MB at most (goal %d)' % (size, most, MOST_MB), most < MOST_MB)
    district()
    return 1 if bench.missed else 0


sys.exit(main())
