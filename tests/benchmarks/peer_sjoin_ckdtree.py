#!/usr/bin/python3
"""What a user of Debian's Python would write for two of the works of `amayesh gap`: people per district by location
(GeoPandas sjoin) and the nearest source of each utility for every village (SciPy cKDTree), file to file.

usage: peer_sjoin_ckdtree.py FOLDER OUT_FOLDER
"""
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

folder, out = sys.argv[1:3]
os.makedirs(out, exist_ok=True)
districts = gpd.read_file(f"{folder}/districts.gpkg")
villages = gpd.read_file(f"{folder}/villages.gpkg")
joined = gpd.sjoin(villages, districts[["did", "geometry"]], predicate="within", how="left")
people = joined.groupby("did")["pop"].agg(["sum", "count"])
people.to_csv(f"{out}/people.csv")

supply = gpd.read_file(f"{folder}/supply.gpkg")
places = np.c_[villages.geometry.x, villages.geometry.y]
rows = []
for kind in ("power", "gas", "water", "telecom"):
    some = supply[supply.kind == kind]
    distance, index = cKDTree(np.c_[some.geometry.x, some.geometry.y]).query(places)
    rows.append(pd.DataFrame({"vid": villages.vid, "kind": kind, "sid": some.sid.values[index], "m": distance}))
rows = pd.concat(rows)
rows.to_csv(f"{out}/nearest.csv", index=False, float_format="%.3f")
print(json.dumps({"people": int(people["sum"].sum()), "over_10000": int((people["sum"] > 10000).sum()),
                  "rows": len(rows), "sum_km": round(float(rows.m.sum()) / 1000, 3)}))
