#!/usr/bin/python3
"""kill_sweep.py BUILD SOURCE [--points N] [--seed S] [--scenario NAME ...]

Kills the program, presses Ctrl-C, or lets a system call fail with ENOSPC or EIO (once, or from there on), at N seeded random places among all
calls that touch its output folder, and looks at what is left. Promise: every output file is then the old complete one or the new
complete one (for a plan: the one after any of its steps), byte for byte once SQLite has rolled back what it may; a program that
ends with success has written all; one that fails says why; one that Ctrl-C ended has written nothing, and where that came too late it ends with success. Each fifth time the command is run again: it must then succeed and
leave no temporary file. Needs strace with the right to trace (exit 77 without it)."""
import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

CALLS = ['write', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'unlink', 'openat', 'close', 'fchmod']
SKIP = 77


class Scenario:
    """A folder as it is before, a command to run in it, and the files that it writes."""

    def __init__(self, name, prepare, steps, outputs):
        self.name, self.prepare, self.steps, self.outputs = name, prepare, steps, outputs
        self.command = steps[-1]
        # What writes one file in one step catches Ctrl-C until that is in its place.
        self.is_one = len(steps) == 1 and len(outputs) == 1 and not steps[0][0].endswith('fault_writer')


def recover(path):
    """What any program that opens the file does: let SQLite roll back."""
    if path.endswith('.gpkg') and os.path.exists(path):
        db = sqlite3.connect(path)
        db.execute('SELECT count(*) FROM sqlite_master').fetchone()
        db.close()


def state(path):
    recover(path)
    if not os.path.exists(path):
        return 'none'
    with open(path, 'rb') as f:
        return hashlib.sha256(f.read()).hexdigest()


def is_sound(path):
    db = sqlite3.connect('file:%s?mode=ro' % path, uri=True)
    try:
        if db.execute('PRAGMA integrity_check').fetchone()[0] != 'ok':
            return False
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%rtree(%'"):
            if db.execute('SELECT rtreecheck(?)', (name,)).fetchone()[0] != 'ok':
                return False
        return True
    finally:
        db.close()


def run(command, folder, environment):
    return subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, errors='replace', timeout=120)


class Sweep:
    def __init__(self, scenario, root, environment):
        self.s, self.root, self.environment = scenario, root, environment
        self.work = os.path.join(root, 'work')
        self.start = os.path.join(root, 'start')
        os.makedirs(self.start)
        scenario.prepare(self.start)
        self.before = set(os.listdir(self.start))
        self.valid = {name: [state(os.path.join(self.start, name))] for name in scenario.outputs}
        for step in scenario.steps:
            self.reset()
            done = run(step, self.work, environment)
            if done.returncode not in (0, 3):
                sys.exit('%s: %s' % (scenario.name, done.stderr))
            self.success = done.returncode
            for name in scenario.outputs:
                path = os.path.join(self.work, name)
                self.valid[name].append(state(path))
                if name.endswith('.gpkg') and not is_sound(path):
                    sys.exit('%s: %s is not sound after a good run' % (scenario.name, name))
        self.places = self.trace()

    def reset(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.start, self.work, symlinks=True)

    def trace(self):
        """(call, number) of every call of the first thread that has to do with the folder."""
        log = os.path.join(self.root, 'trace')
        self.reset()
        done = run(['strace', '-f', '-qq', '-y', '-o', log, '-e', 'trace=' + ','.join(CALLS)] + self.s.command, self.work,
                   self.environment)
        if done.returncode not in (0, 3) or not os.path.exists(log):
            print('kill_sweep: skipped, strace cannot trace here: %s' % done.stderr.strip()[-200:])
            sys.exit(SKIP)
        first, counts, places = None, dict.fromkeys(CALLS, 0), []
        with open(log, errors='replace') as f:
            for line in f:
                m = re.match(r'(\d+) +(\w+)\(', line)
                if not m or m.group(2) not in counts:
                    continue
                first = first or m.group(1)
                if m.group(1) != first:
                    continue
                counts[m.group(2)] += 1
                if self.work in line or 'AT_FDCWD, "' in line and 'O_RDONLY' not in line:
                    places.append((m.group(2), counts[m.group(2)]))
        return places

    def once(self, call, number, fault, sticky):
        self.reset()
        inject = '%s:%s:when=%d%s' % (call, fault, number, '+' if sticky else '')
        return run(['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=' + call, '-e', 'inject=' + inject] +
                   self.s.command, self.work, self.environment)

    def look(self, code, fault):
        """What is wrong, or None."""
        for name in self.s.outputs:
            path = os.path.join(self.work, name)
            now = state(path)
            if now not in self.valid[name]:
                return '%s is neither the old file nor a new one' % name
            if code == self.success and now != self.valid[name][-1]:
                return 'said to be done, but %s is not the new file' % name
            if code == -signal.SIGINT and self.s.is_one and now != self.valid[name][0]:
                return 'ended by Ctrl-C, but %s is the new file' % name
        return None

    def again(self):
        """After the fault is gone the command works, and sweeps what was left."""
        done = run(self.s.command, self.work, self.environment)
        if done.returncode != self.success:
            return 'run again: exit %d, %s' % (done.returncode, done.stderr.strip()[-300:])
        left = set(os.listdir(self.work)) - self.before - set(self.s.outputs)
        return 'left behind: %s' % ', '.join(sorted(left)) if left else None


def sweep(scenario, points, seed, environment):
    root = tempfile.mkdtemp(prefix='sitemap-fault-')
    try:
        s = Sweep(scenario, root, environment)
        r = random.Random('%s %d' % (scenario.name, seed))
        faults, tally = [], {}
        for i in range(points):
            call, number = r.choice(s.places)
            fault = ('signal=KILL', 'error=ENOSPC', 'error=EIO', 'signal=INT')[i % 4]
            sticky = fault.startswith('error') and r.random() < 0.5
            done = s.once(call, number, fault, sticky)
            wrong = s.look(done.returncode, fault)
            silent = done.returncode not in (0, 3, -9, -2, 137) and not done.stderr.strip()
            if wrong is None and silent:
                wrong = 'exit %d without a word' % done.returncode
            if wrong is None and i % 5 == 0:
                wrong = s.again()
            if wrong:
                faults.append('%s at %s %d%s: %s' % (fault, call, number, ' and on' if sticky else '', wrong))
            end = 'killed' if fault == 'signal=KILL' else 'stopped' if done.returncode == -2 else 'done' if done.returncode == s.success else 'failed'
            tally[end] = tally.get(end, 0) + 1
        print('%s: %d places of %d, %s: %s' % (scenario.name, points, len(s.places),
                                               ', '.join('%d %s' % (n, w) for w, n in sorted(tally.items())),
                                               '%d bad' % len(faults) if faults else 'always the old or the new'))
        for text in faults[:20]:
            print('  ' + text)
        return len(faults)
    finally:
        shutil.rmtree(root, ignore_errors=True)


# ---- scenarios ------------------------------------------------------------------------------------------------------------


def scenarios(build, source):
    writer = os.path.join(build, 'tests/fault/fault_writer')
    sitemap = os.path.join(build, 'cli/sitemap')
    derna = os.path.join(source, 'data/derna')

    def nothing(folder):
        pass

    def old_file(folder):
        subprocess.run([writer, os.path.join(folder, 'out.gpkg'), '500'], check=True)

    def workspace(folder):
        for name in ('places.csv', 'coast.geojson'):
            shutil.copy(os.path.join(derna, name), folder)
        subprocess.run([sitemap, 'new', 'ws.gpkg'], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sitemap, 'import', 'coast.geojson', '--to', 'coast', '-w', 'ws.gpkg'], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def plans(folder):
        for name in ('places.csv', 'coast.geojson', 'sites.csv'):
            shutil.copy(os.path.join(derna, name), folder)
        steps = [{'command': 'new', 'options': {'overwrite': True}},
                 {'command': 'import', 'source': ['coast.geojson'], 'options': {'to': 'coast'}},
                 {'command': 'import', 'source': ['places.csv'], 'options': {'to': 'place'}},
                 {'command': 'import', 'source': ['sites.csv'], 'options': {'to': 'site', 'set': {'synthetic': 'true'}}},
                 {'command': 'map', 'options': {'output': 'map.png', 'overwrite': True}}]
        for n in range(1, len(steps) + 1):
            with open(os.path.join(folder, 'plan%d.json' % n), 'w') as f:
                json.dump({'workspace': 'ws.gpkg', 'date': '2023-09-21', 'steps': steps[:n]}, f)

    def hazards(folder):
        for name in ('sites.csv', 'synthetic/flood_depth.tif', 'synthetic/landslide.geojson'):
            shutil.copy(os.path.join(derna, name), folder)
        for step in (['new', 'ws.gpkg'], ['import', 'sites.csv', '--to', 'site', '-w', 'ws.gpkg', '--set', 'synthetic=true']):
            subprocess.run([sitemap, *step], cwd=folder, check=step[0] == 'new', stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    hazard = [sitemap, 'hazard', 'ws.gpkg', '--hazard', 'flood=flood_depth.tif,unit=m', '--hazard', 'landslide=landslide.geojson,column=class']
    def roads(folder):
        for name in ('synthetic/road.geojson', 'synthetic/site.csv', 'synthetic/closure.geojson', 'osm/derna_osm_facilities.geojson'):
            shutil.copy(os.path.join(derna, name), folder)
        for step in (['new', 'ws.gpkg'], ['import', 'site.csv', '--to', 'site', '-w', 'ws.gpkg'],
                     ['import', 'derna_osm_facilities.geojson', '--to', 'service', '-w', 'ws.gpkg']):
            subprocess.run([sitemap, *step], cwd=folder, check=step[0] == 'new', stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    access = [sitemap, 'access', 'ws.gpkg', '--road', 'road.geojson', '--closure', 'closure.geojson', '--scenario', 'bridges-out']
    # Over an older file, and the new one named anew: a run of each is whole.
    def published(folder):
        hazards(folder)
        subprocess.run([sitemap, 'publish', 'ws.gpkg', '--audience', 'internal', '--layer', 'site', '-o', 'pub.gpkg', '--lang', 'en'], cwd=folder,
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    publish = [[sitemap, 'publish', 'ws.gpkg', '--audience', 'internal', '-o', 'pub.gpkg', '--overwrite']]
    # Every format that map and publish write, over files of the day before.
    def formats(folder):
        hazards(folder)
        writing = [{'command': 'map', 'options': {'output': name, 'dpi': 72, 'overwrite': True}} for name in ('map.pdf', 'map.svg')]
        writing += [{'command': 'map', 'options': {'output': 'map.png', 'dpi': 72, 'world-file': True, 'overwrite': True}}]
        writing += [{'command': 'publish', 'options': {'output': 'pub.' + name, 'audience': 'internal', 'layer': ['site'], 'overwrite': True}}
                    for name in ('gpkg', 'kmz', 'gpx', 'geojson', 'csv', 'xlsx')]
        with open(os.path.join(folder, 'sites.csv'), encoding='utf-8') as f:
            lines = f.readlines()
        with open(os.path.join(folder, 'few.csv'), 'w', encoding='utf-8') as f:
            f.writelines(lines[:4])
        for n, source in ((1, 'few.csv'), (2, 'sites.csv')):
            with open(os.path.join(folder, 'all%d.json' % n), 'w') as f:
                json.dump({'workspace': 'all.gpkg', 'date': '2023-09-2%d' % n, 'steps': [
                    {'command': 'new', 'options': {'overwrite': True}},
                    {'command': 'import', 'source': [source], 'options': {'to': 'site', 'set': {'synthetic': 'true'}}}] + writing}, f)
        done = subprocess.run([sitemap, 'run', 'all1.json'], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode not in (0, 3):
            sys.exit('formats: ' + done.stderr)

    written = ['map.pdf', 'map.svg', 'map.png', 'map.pgw', 'map.prj', 'map.png.aux.xml'] + [
        'pub.' + name for name in ('gpkg', 'kmz', 'gpx', 'geojson', 'csv', 'xlsx')]
    run_plan = [[sitemap, 'run', 'plan%d.json' % n] for n in range(1, 6)]
    return [Scenario('new file', nothing, [[writer, 'out.gpkg', '3000']], ['out.gpkg']),
            Scenario('replaced file', old_file, [[writer, 'out.gpkg', '3000']], ['out.gpkg']),
            Scenario('import', workspace, [[sitemap, 'import', 'places.csv', '--to', 'place', '-w', 'ws.gpkg']], ['ws.gpkg']),
            Scenario('hazard', hazards, [hazard], ['ws.gpkg']),
            Scenario('access', roads, [access], ['ws.gpkg']),
            Scenario('publish', published, publish, ['pub.gpkg']),
            Scenario('formats', formats, [[sitemap, 'run', 'all2.json']], written),
            Scenario('run', plans, run_plan, ['ws.gpkg', 'map.png'])]


def main():
    p = argparse.ArgumentParser()
    p.add_argument('build')
    p.add_argument('source')
    p.add_argument('--points', type=int, default=24)
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--scenario', action='append')
    a = p.parse_args()
    a.build, a.source = os.path.abspath(a.build), os.path.abspath(a.source)  # the programs run in folders of their own
    if not shutil.which('strace'):
        print('kill_sweep: skipped, strace is not installed')
        return SKIP
    environment = dict(os.environ, SITEMAP_DATA=os.path.join(a.source, 'data'), SITEMAP_STYLES=os.path.join(a.source, 'styles'),
                       LC_ALL='C.UTF-8')
    # Leaks cannot be counted in a traced process.
    environment['ASAN_OPTIONS'] = ':'.join(filter(None, (environment.get('ASAN_OPTIONS'), 'detect_leaks=0')))
    bad = 0
    for scenario in scenarios(a.build, a.source):
        if not a.scenario or scenario.name in a.scenario:
            bad += sweep(scenario, a.points, a.seed, environment)
    return 1 if bad else 0


sys.exit(main())
