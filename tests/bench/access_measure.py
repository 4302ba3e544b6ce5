#!/usr/bin/python3
"""access_measure.py BUILD DATA PEERS RUNS SIZES: the nearest service of every node of a network, beside a floor and scipy in the same run,
answers compared with theirs; exit 1 if a goal is missed or an answer differs."""
import os
import re
import subprocess
import sys

import measure as bench

build, data, peers, runs, sizes = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), [int(s) for s in sys.argv[5].split()]
here, out, python = os.path.dirname(os.path.abspath(__file__)), os.path.join(data, 'out'), '/usr/bin/python3'
net, sitemap = os.path.join(build, 'tests/bench/bench_net'), os.path.join(build, 'cli/sitemap')
goal = bench.goal


def goal_at(size, text, good):
    """The goals are those of a million; smaller sizes show how the cost grows."""
    if size >= 1000000:
        goal(text, good)
    else:
        print('  %s' % text)


def stage(text, name):
    """CPU of one stage of bench_net."""
    return float(re.search(r'^%s +([0-9.]+) cpu' % name, text, re.M).group(1))


def answer(text, name):
    found = re.search(r'%s.*reached (\d+) mean ([0-9.]+)' % name, text)
    return int(found.group(1)), float(found.group(2))


def kernel(size, network):
    floor = [os.path.join(out, 'floor'), network[:-len('.gpkg')]]
    best, text = {}, {}
    for _ in range(runs):  # in turns, so that what else the machine does falls on both
        for name, command in (('floor', floor), ('net', [net, network, '1'])):
            text[name] = bench.run(command)[2]
            took = [stage(text[name], s) for s in ('graph', 'nearest', '10 kinds')] if name == 'net' else [
                float(re.search(r'dijkstra ([0-9.]+)', text[name]).group(1))]
            best[name] = [min(pair) for pair in zip(best.get(name, took), took)]
    graph, one, ten = best['net']
    print('  cpu, least of %d runs in turns: floor %.4f s, ours %.4f s; ten types %.4f s; graph with its nodes %.3f s' %
          (runs, best['floor'][0], one, ten, graph))
    goal_at(size, 'the nearest source of all nodes: %.2f times the floor (goal 1.5)' % (one / best['floor'][0]), one <= 1.5 * best['floor'][0])
    theirs, ours = answer(text['floor'], 'dijkstra'), answer(text['net'], 'nearest')
    goal('as many nodes reached as by the floor, in the same time: %d %.4f' % ours,
         ours[0] == theirs[0] and abs(ours[1] - theirs[1]) < 2e-6 * theirs[1] + 1e-4)
    return one


def command(network, types, target):
    return [sitemap, 'access', os.path.join(data, 'access.empty.gpkg'), '--scenario', 'baseline', '--mode', 'vehicle', '--quiet',
            '--road', network + '|layername=roads', '--building', network + '|layername=nodes',
            '--service', network + '|layername=' + types, '-o', target]


def whole(size, network):
    base, one, ten = network[:-len('.gpkg')], os.path.join(out, 'one.gpkg'), os.path.join(out, 'ten.gpkg')
    r = bench.measure({'sitemap access, one type': command(network, 'services', one),
                       'ten types': command(network, 'services_10', ten),
                       'one type, not written': command(network, 'services', one)[:-2] + ['--dry-run'],
                       'ten types, not written': command(network, 'services_10', ten)[:-2] + ['--dry-run'],
                       'scipy': [python, os.path.join(peers, 'w3_py.py'), 'scipy', network, base, 'gpkg']}, runs, out)
    ours, many, theirs = (r[name] for name in ('sitemap access, one type', 'ten types', 'scipy'))
    bare, bare_many = r['one type, not written'], r['ten types, not written']  # scipy's run writes nothing either
    goal_at(size, '%.1f times faster than scipy on the same file; %.1f times less cpu (goal 5)' % (theirs[0] / bare[0], theirs[1] / bare[1]),
            theirs[0] >= 5 * bare[0])
    goal_at(size, 'ten types for %.2f times one; %.2f times the cpu (goal 3)' % (bare_many[0] / bare[0], bare_many[1] / bare[1]),
            bare_many[0] < 3 * bare[0])
    print('  with all rows written: %.1f times faster than scipy; ten types, ten times the rows, for %.2f times one' %
          (theirs[0] / ours[0], many[0] / ours[0]))
    for words in ([base, one], [base, ten, 'ten']):
        done = subprocess.run([python, os.path.join(here, 'access_check.py')] + words, stdout=subprocess.PIPE, text=True, check=False)
        goal('the same times as scipy, node by node: %s' % done.stdout.strip(), done.returncode == 0)
    return ours[1]


def linear(name, cost, most):
    """What no longer fits the cache costs more; what is looked at more often than once would cost far more."""
    for small, large in zip(sizes, sizes[1:]):
        if small >= 100000:
            factor = cost[large] / cost[small]
            goal('%s: %d times the roads cost %.1f times the cpu' % (name, large // small, factor), factor <= most * large / small)


def main():
    empty = os.path.join(data, 'access.empty.gpkg')
    if not os.path.exists(empty):
        subprocess.run([sitemap, 'new', empty, '--quiet'], check=True)
    alone, all_of_it = {}, {}
    for size in sizes:
        network = os.path.join(data, 'access_%d.gpkg' % size)
        print('%d roads: the search alone' % size)
        alone[size] = kernel(size, network)
        print('%d roads: from GeoPackage to GeoPackage' % size)
        all_of_it[size] = whole(size, network)
    linear('search', alone, 2)
    linear('sitemap access', all_of_it, 1.3)
    return 1 if bench.missed else 0


sys.exit(main())
