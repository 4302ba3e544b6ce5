"""What the benchmarks share: programs run in turns, so that what else the machine does falls on all; medians; goals.

CPU is user + system time of the whole process, of its children too."""
import os
import resource
import statistics
import subprocess
import sys
import time

missed = 0


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit('%s: %s' % (' '.join(command), done.stderr))
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def measure(commands, runs, out):
    """name -> (median wall, median cpu, last output). A command is a list of words, or a function that gives
    (wall, cpu, output). Files below `out` that a command names are removed before it runs."""
    times = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            if callable(command):
                times[name].append(command())
                continue
            for path in command:
                if path.startswith(out) and os.path.isfile(path):
                    os.remove(path)
            times[name].append(run(command))
    result = {}
    for name, rows in times.items():
        result[name] = tuple(statistics.median(r[k] for r in rows) for k in (0, 1)) + (rows[-1][2],)
        print('  %-28s wall %7.2f s  cpu %7.2f s   (cpu of each run: %s)' %
              (name, *result[name][:2], ' '.join('%.2f' % r[1] for r in rows)))
        sys.stdout.flush()
    return result


def goal(text, reached):
    global missed
    missed += not reached
    print('  %s: %s' % ('reached' if reached else 'MISSED', text))
    sys.stdout.flush()
