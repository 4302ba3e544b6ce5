#!/usr/bin/python3
"""fonts.py PROGRAM SOURCE: the n-th opening of a font file and all after it fail, for every n: a map is drawn as ever or not at
all, and the one sentence names the file. Needs strace with the right to trace (exit 77 without it)."""
import json
import os
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
DRAW = [PROGRAM, 'map', 'w.gpkg', '-o', 'm.png', '--overwrite']


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, timeout=120)


def traced(path, *inject):
    with open('strace.txt', 'w', encoding='utf-8'):
        pass
    done = run('strace', '-f', '-qq', '-o', 'strace.txt', '-e', 'trace=openat', '-P', path, *inject, *DRAW)
    with open('strace.txt', encoding='utf-8') as f:
        return done, sum(path in line for line in f)


def main():
    with open(os.path.join(SOURCE, 'styles', 'fonts.json'), encoding='utf-8') as f:
        fonts = json.load(f)
    with open('sites.csv', 'w', encoding='utf-8') as f:
        f.write('site_id,name_en,name_ar,lat,lon\nS1,Derna,درنة,32.76,22.64\n')
    for command in ([PROGRAM, 'new', 'w.gpkg'], [PROGRAM, 'import', 'sites.csv', '-w', 'w.gpkg', '--to', 'site'], DRAW):
        done = run(*command)
        if done.returncode:
            sys.exit(done.stderr)
    with open('m.png', 'rb') as f:
        wanted = f.read()
    failed = 0
    for name in fonts['files']:
        path = next(p for p in (os.path.join(folder, name) for folder in fonts['folders']) if os.path.exists(p))
        done, count = traced(path)
        if done.returncode or not count:
            print('fonts: skipped, strace cannot trace here: ' + done.stderr.strip()[-200:])
            sys.exit(77)
        for n in range(1, count + 2):
            os.unlink('m.png')
            done, _ = traced(path, '-e', 'inject=openat:error=EIO:when=%d+' % n)
            drawn = None
            if os.path.exists('m.png'):
                with open('m.png', 'rb') as f:
                    drawn = f.read()
            said = done.stderr.splitlines()
            whole = done.returncode == 0 and drawn == wanted and not said
            refused = done.returncode == 1 and drawn is None and len(said) == 1 and name in said[0]
            if not (refused if n <= count else whole):
                print('%s, opening %d of %d: exit %d, %s' % (name, n, count, done.returncode, done.stderr))
                failed += 1
            if drawn is None:
                with open('m.png', 'wb') as f:
                    f.write(wanted)
    sys.exit(1 if failed else 0)


with tempfile.TemporaryDirectory() as scratch:
    SOURCE = os.path.abspath(SOURCE)
    os.chdir(scratch)
    main()
