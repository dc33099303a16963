#!/usr/bin/python3
"""The linear program that a user of SciPy would write for one utility: HiGHS finds what each demand gets from each source.

usage: peer_allocation_highs.py STEM      (STEM_demands.csv, STEM_sources.csv, STEM_arcs.csv: allocation_benchmark's)

A step not served costs ten times the largest cost, a hundred times in the second class, a thousand in the first: small
enough for a solver in floating point, and large enough here, as the totals tell that must be equal.
"""
import json
import sys
import time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

stem = sys.argv[1]
demands, sources, arcs = (
    np.loadtxt(f"{stem}_{name}.csv", delimiter=",", dtype=np.int64, ndmin=2) for name in ("demands", "sources", "arcs")
)
start = time.process_time()
amount, priority, headroom = demands[:, 0], demands[:, 1], sources[:, 0]
n, m, k = len(amount), len(headroom), len(arcs)
not_served = arcs[:, 2].max() * 10.0 ** (3 - priority)
served = coo_matrix((np.ones(k + n), (np.r_[arcs[:, 0], np.arange(n)], np.arange(k + n))), (n, k + n)).tocsr()
used = coo_matrix((np.ones(k), (arcs[:, 1], np.arange(k))), (m, k + n)).tocsr()
result = linprog(np.r_[arcs[:, 2], not_served], A_ub=used, b_ub=headroom, A_eq=served, b_eq=amount, method="highs")
seconds = time.process_time() - start
x = np.round(result.x[:k]).astype(np.int64)
by_class = np.bincount(priority[arcs[:, 0]], weights=x, minlength=3).astype(np.int64)
print(json.dumps({"seconds": seconds, "check": [*map(int, by_class), int((x * arcs[:, 2]).sum())]}))
