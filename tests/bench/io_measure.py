#!/usr/bin/python3
"""io_measure.py PROGRAMS DATA RUNS: measure, compare with the goals, check what was written; exit 1 if a goal is missed.

Peers run in turn with ours."""
import os
import re
import subprocess
import sys

import measure as bench

programs, data, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
scripts = os.path.dirname(os.path.abspath(__file__))
out = os.path.join(data, 'out')
goal = bench.goal


def measure(commands):
    return bench.measure(commands, runs, out)


def program(name):
    return os.path.join(programs, name)


print('read 1M polygons into columns')
polygons, points = os.path.join(data, 'polygons.gpkg'), os.path.join(data, 'points.gpkg')
r = measure({'sitemap': [program('bench_read'), polygons, 'buildings'],
             'sitemap, 1 thread': [program('bench_read'), polygons, 'buildings', '1'],
             'OGR_L_GetArrowStream': [program('bench_arrow'), polygons, 'buildings']})
for k, kind in enumerate(('wall', 'cpu')):
    ratio = r['sitemap'][k] / r['OGR_L_GetArrowStream'][k]
    goal('%s %.2f times the Arrow stream alone (goal 1.5)' % (kind, ratio), ratio <= 1.5)

for name, source, layer, factor in (('points', points, 'sites', 6), ('polygons', polygons, 'buildings', 4)):
    print('write 1M %s with spatial index, file to file' % name)
    ours, theirs = os.path.join(out, name + '.gpkg'), os.path.join(out, name + '_ogr2ogr.gpkg')
    r = measure({'sitemap': [program('bench_write'), source, layer, ours],
                 'ogr2ogr': ['ogr2ogr', '-q', '-f', 'GPKG', theirs, source, layer]})
    ratio = r['ogr2ogr'][1] / r['sitemap'][1]
    goal('%.1f times less cpu than ogr2ogr (goal %d)' % (ratio, factor), ratio >= factor)
    text = r['sitemap'][2]
    columns, peak = (float(v) for v in re.search(r'columns ([0-9.]+) MB peak ([0-9.]+) MB', text).groups())
    goal('peak memory %.0f MB, column data %.0f MB (goal 3 times and 100 MB)' % (peak, columns), peak <= 3 * columns + 100)
    print('  ' + text.strip())
    sys.stdout.flush()
    for script in ('io_check.py', 'io_qgis.py'):
        checked = subprocess.run(['/usr/bin/python3', os.path.join(scripts, script), source, layer, ours],
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if checked.returncode == 77:
            print('  ' + checked.stdout.strip())
        else:
            goal(checked.stdout.strip(), checked.returncode == 0)
sys.exit(1 if bench.missed else 0)
