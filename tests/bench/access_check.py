#!/usr/bin/python3
"""access_check.py NETWORK RESULT.gpkg [ten]: every row of access_building against scipy's Dijkstra over NETWORK.edges.csv, from all services
(NETWORK.src.txt), or with `ten` from those of each type (NETWORK.TYPE.txt). Prints the rows and the largest difference in seconds; exit 1
if a node that is reached differs from one that is not, or a time by more than the lattice of scale factors allows (1e-6 of it)."""
import sqlite3
import sys

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

base, result, ten = sys.argv[1], sys.argv[2], len(sys.argv) > 3
edges = pd.read_csv(base + '.edges.csv', header=None).to_numpy()
a, b, w = edges[:, 0].astype(int), edges[:, 1].astype(int), edges[:, 2]
size = max(a.max(), b.max(), pd.read_csv(base + '.pop.csv', header=None)[0].max()) + 1
graph = csr_matrix((np.r_[w, w], (np.r_[a, b], np.r_[b, a])), (size, size))
db = sqlite3.connect('file:%s?mode=ro' % result, uri=True)
rows, worst, wrong = 0, 0.0, 0
for (kind,) in db.execute('select distinct service_type from access_building order by 1').fetchall():
    wanted = dijkstra(graph, indices=np.loadtxt('%s.%s.txt' % (base, kind if ten else 'src'), dtype=int), min_only=True)
    found = db.execute('select cast(substr(building_id, 2) as integer), minutes from access_building where service_type = ?', (kind,)).fetchall()
    node = np.array([f[0] for f in found])
    seconds = np.array([np.inf if f[1] is None else f[1] * 60 for f in found])
    both = np.isfinite(seconds) & np.isfinite(wanted[node])
    wrong += int((np.isfinite(seconds) != np.isfinite(wanted[node])).sum())
    difference = np.abs(seconds[both] - wanted[node][both])
    wrong += int((difference > 1e-6 * wanted[node][both] + 1e-6).sum())
    worst = max(worst, difference.max(initial=0))
    rows += len(found)
print('%d rows, largest difference %.2g s, %d wrong' % (rows, worst, wrong))
sys.exit(wrong > 0 or rows == 0)
