#!/usr/bin/python3
"""hazard_measure.py BUILD DATA PEERS RUNS SIZES: polygon hazards and a raster over buildings; peers in the same run where they are
installed, answers compared with theirs; exit 1 if a goal is missed or an answer differs."""
import os
import re
import shutil
import subprocess
import sys

import hazard_postgis
import measure as bench

build, data, peers, runs, sizes = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), [int(s) for s in sys.argv[5].split()]
here, out, python = os.path.dirname(os.path.abspath(__file__)), os.path.join(data, 'out'), '/usr/bin/python3'
zones, zonal = (os.path.join(build, 'tests/bench', name) for name in ('bench_zones', 'bench_zonal'))
sitemap = os.path.join(build, 'cli/sitemap')
goal = bench.goal


def numbers(text):
    """hazard -> (buildings with a share, mean highest class, mean share), from our lines and from PostGIS's."""
    rows = {}
    for line in text.splitlines():
        words = line.split()
        if words and words[0] in hazard_postgis.HAZARDS:
            rows[words[0]] = [float(word) for word in words[1:4]]
    return rows


def same(ours, theirs):
    a, b = numbers(ours), numbers(theirs)
    return a.keys() == b.keys() == set(hazard_postgis.HAZARDS) and all(
        a[h][0] == b[h][0] and abs(a[h][1] - b[h][1]) < 2e-7 and abs(a[h][2] - b[h][2]) < 2e-8 for h in a)


def goal_at(size, text, ratio, least):
    """The goals are those of a million; smaller sizes show how the cost grows."""
    if size >= 1000000:
        goal('%s (goal %d)' % (text, least), ratio >= least)
    else:
        print('  ' + text)


def kernel_cpu(text):
    return float(re.search(r'together ([0-9.]+) cpu', text).group(1))


def command(scene):
    words = [sitemap, 'hazard', scene, '--building', scene + '|layername=buildings', '--quiet', '--overwrite', '-o',
             os.path.join(out, 'hazard.gpkg')]
    for name in hazard_postgis.HAZARDS:
        words += ['--hazard', '%s=%s|layername=%s,column=class,classes=given_4' % (name, scene, name)]
    return words


def overlay(scene, size, peer):
    """The three hazards over the buildings of a scene; returns the CPU of the kernel alone."""
    ours = {'sitemap: read and overlay': [zones, scene], 'sitemap: one thread': [zones, scene, '1'],
            'sitemap hazard, files and all': command(scene)}
    if peer:
        peer.load(scene, 'b')
        ours['PostGIS, loaded before'] = lambda: peer.overlay('b')
    r = bench.measure(ours, runs, out)
    kernel = kernel_cpu(r['sitemap: read and overlay'][2])
    print('  overlay alone: cpu %.3f s' % kernel)
    if peer:
        theirs = r['PostGIS, loaded before']
        ratio = theirs[1] / r['sitemap: read and overlay'][1]
        text = '%.1f times less cpu than PostGIS, reading included (overlay alone: %.0f times)' % (ratio, theirs[1] / kernel)
        goal_at(size, text, ratio, 12)
        print('  the whole command, with classes, combination, coincidence and the file written: %.1f times less' %
              (theirs[1] / r['sitemap hazard, files and all'][1]))
        goal('the same answers as PostGIS', same(r['sitemap: read and overlay'][2], theirs[2]))
    goal('the same answers with one thread', numbers(r['sitemap: one thread'][2]) == numbers(r['sitemap: read and overlay'][2]))
    return kernel


def means(text):
    found = re.search(r'with a value (\d+), mean of means ([0-9.]+)', text)
    return int(found.group(1)), float(found.group(2))


def raster(scene, size):
    depth = os.path.join(data, 'depth_10000.tif')
    commands = {'sitemap: exact fractions': [zonal, scene + '|layername=buildings', depth],
                'sitemap: cells by centre': [zonal, scene + '|layername=buildings', depth, 'centre']}
    rasterize = os.path.join(peers, 'w2_rasterize.py')
    if os.path.exists(rasterize):
        commands['rasterize + numpy (centre)'] = [python, rasterize, scene, depth, os.path.join(out, 'rasterize.csv')]
    r = bench.measure(commands, runs, out)
    exact = r['sitemap: exact fractions']
    if 'rasterize + numpy (centre)' in r:
        theirs = r['rasterize + numpy (centre)']
        ratio = theirs[0] / exact[0]
        goal_at(size, '%.1f times faster than rasterize + numpy, with exact fractions; %.1f times less cpu' %
                (ratio, theirs[1] / exact[1]), ratio, 3)
        count, mean = (float(word) for word in theirs[2].split()[1:3])
        ours = means(r['sitemap: cells by centre'][2])
        goal('by centres the same count and mean of means: %d %.6f' % ours, ours[0] == count and abs(ours[1] - mean) < 1e-5)
    qgis = os.path.join(peers, 'w2_qgis.sh')
    if os.path.exists(qgis) and shutil.which('qgis_process.bin'):
        theirs = bench.measure({'QGIS zonal statistics': ['sh', qgis, scene, depth, os.path.join(out, 'qgis.gpkg')]}, 1, out)
        theirs = theirs['QGIS zonal statistics']
        ratio = theirs[0] / exact[0]
        goal_at(size, '%.1f times faster than QGIS; %.1f times less cpu' % (ratio, theirs[1] / exact[1]), ratio, 10)
    return exact[1]


def huge():
    """100,000 x 100,000 cells, of which few blocks are touched."""
    path, points = os.path.join(data, 'huge.tif'), os.path.join(data, 'scene_10000.gpkg')
    if not os.path.exists(path):
        subprocess.run([python, os.path.join(here, 'hazard_huge.py'), path], check=True)
    _, cpu, text = bench.run([zonal, points + '|layername=buildings', path])
    peak = int(re.search(r'peak (\d+) MB', text).group(1))
    print('  %s' % text.replace('\n', '; '))
    goal('peak memory %d MB, cpu %.2f s (goal 1000 MB)' % (peak, cpu), peak < 1000)


def linear(name, cost):
    for small, large in zip(sizes, sizes[1:]):
        if small >= 100000 and cost[small]:
            factor = cost[large] / cost[small]
            goal('%s: %d times the buildings cost %.1f times the cpu' % (name, large // small, factor), factor <= 1.3 * large / small)


def main():
    try:
        peer = hazard_postgis.PostGIS().__enter__()
    except hazard_postgis.cluster.Missing as missing:
        peer = None
        print('PostGIS is left out: it %s' % missing)
    try:
        cost, raster_cost = {}, {}
        for size in sizes:
            scene = os.path.join(data, 'scene_%d.gpkg' % size)
            print('three polygon hazards over %d buildings' % size)
            cost[size] = overlay(scene, size, peer)
            print('a raster of 10,000 x 10,000 cells over %d buildings' % size)
            raster_cost[size] = raster(scene, size)
        hard = os.path.join(data, 'hard_1000000.gpkg')
        if max(sizes) >= 1000000:
            if not os.path.exists(hard):
                subprocess.run([python, os.path.join(here, 'hazard_input.py'), scene, hard], check=True)
            print('the same with nulls, parts and holes')
            overlay(hard, 1000000, peer)
        linear('overlay', cost)
        print('a raster of 100,000 x 100,000 cells')
        huge()
    finally:
        if peer:
            peer.__exit__()
    return 1 if bench.missed else 0


sys.exit(main())
