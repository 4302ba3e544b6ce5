#!/usr/bin/python3
"""reach.py PROGRAM SOURCE: what does the program touch while it reads a file from others?

Every file of ../shared/bad is read under strace, many of them made to reach for the network, for a file beside them, or for a
program. Promise: no socket of a network, no program started, and of the folder that the file lies in nothing opened but the file
itself and those that belong to it (the same name with another ending). Needs strace with the right to trace, and ../shared
(exit 77 without them)."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SKIP = 77
PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
HOSTILE = os.path.join(SOURCE, '..', 'shared', 'bad')
CALLS = 'openat,open,creat,socket,connect,execve'
OPENED = re.compile(r'(?:openat\(AT_FDCWD, |open\(|creat\()"((?:[^"\\]|\\.)*)".* = \d+')
REACHING = ('c05b', 'f06', 'v0', 'x05', 'f04')


def trace(folder, arguments, environment=None):
    """The calls that the program made, one a line."""
    log = os.path.join(folder, os.pardir, 'calls')
    subprocess.run(['strace', '-f', '-qq', '-s', '4096', '-e', 'trace=' + CALLS, '-o', log, PROGRAM, *arguments], cwd=folder,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, env=environment)
    with open(log, errors='replace') as lines:
        return lines.readlines()


class Reach(unittest.TestCase):
    def setUp(self):
        self.top = os.path.realpath(tempfile.mkdtemp(prefix='sitemap-reach-'))
        self.folder = os.path.join(self.top, 'field')
        shutil.copytree(HOSTILE, self.folder)
        self.addCleanup(shutil.rmtree, self.top)

    def check(self, name, arguments, own, environment=None):
        calls = trace(self.folder, arguments, environment)
        self.assertTrue(any('execve(' in call for call in calls), 'strace saw nothing')
        self.assertEqual(sum('execve(' in call for call in calls), 1, 'a program was started')
        seen = set()
        for call in calls:
            self.assertNotIn('AF_INET', call)
            found = OPENED.search(call)
            if not found:
                continue
            path = os.path.normpath(os.path.join(self.folder, found.group(1)))
            if path != self.folder and path.startswith(self.folder + os.sep):
                opened = os.path.basename(path)
                seen.add(opened)
                self.assertTrue(opened.split('.')[0] == name.split('.')[0] or own in opened, call)
        return seen

    def test_reading(self):
        names = sorted(n for n in os.listdir(self.folder) if os.path.isfile(os.path.join(self.folder, n)))
        self.assertGreater(len(names), 20)
        opened = set()
        for name in names:
            with self.subTest(name):
                opened |= self.check(name, ['info', name], '\0')
        self.assertGreater(len(opened), len(names) / 2, 'the files themselves are seen to be opened')

    def test_importing(self):
        subprocess.run([PROGRAM, 'new', 'workspace.gpkg'], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        for name in sorted(os.listdir(self.folder)):
            if name.startswith(REACHING):
                with self.subTest(name):
                    self.check(name, ['import', name, '-w', 'workspace.gpkg', '--to', 'site'], 'workspace.gpkg')

    def test_netcdf(self):
        """Its library has settings files of its own, and would read keys for the network."""
        try:
            from osgeo import gdal
        except ImportError:
            self.skipTest('needs GDAL for Python')
        gdal.UseExceptions()
        path = os.path.join(self.folder, 'depth.nc')
        memory = gdal.GetDriverByName('MEM').Create('', 20, 20)
        memory.SetGeoTransform((500000, 10, 0, 3600000, 0, -10))
        memory.SetProjection('EPSG:32634')
        for options in ([], ['FORMAT=NC4C', 'COMPRESS=DEFLATE']):
            gdal.GetDriverByName('netCDF').CreateCopy(path, memory, options=options)
            os.makedirs(os.path.join(self.folder, '.aws'), exist_ok=True)
            for name in ('.ncrc', '.daprc', '.dodsrc', '.aws/credentials', '.aws/config'):
                with open(os.path.join(self.folder, name), 'w') as out:
                    out.write('HTTP.VERBOSE=1\n')
            self.assertIn('depth.nc', self.check('depth.nc', ['info', 'depth.nc'], '\0', dict(os.environ, HOME=self.folder)))


if not os.path.isdir(HOSTILE):
    print('needs ../shared')
    sys.exit(SKIP)
if not shutil.which('strace') or subprocess.run(['strace', '-o', os.devnull, 'true']).returncode != 0:
    print('needs strace with the right to trace')
    sys.exit(SKIP)
unittest.main(argv=sys.argv[:1])
