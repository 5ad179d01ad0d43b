"""The same objects through libCacheSim's LRU, written in C; its own loop reads and counts, so that Python costs nothing.

    python lru.py FOLDER-OF-THE-TRACE
"""

import json
import os
import sys
import time

import libcachesim as lcs

RUNS = 3

path = os.path.join(sys.argv[1], "ids.bin")
requests = os.path.getsize(path) // 24


def once(room):
    reader = lcs.TraceReader(
        path, lcs.TraceType.ORACLE_GENERAL_TRACE, lcs.ReaderInitParam(ignore_obj_size=True)
    )
    cache = lcs.LRU(cache_size=room, hashpower=17)
    begun = time.perf_counter()
    missed, _ = cache.process_trace(reader)
    return time.perf_counter() - begun, requests - round(missed * requests)


print(f"libCacheSim's LRU on {requests} requests, the best of {RUNS} runs:")
with open(os.path.join(sys.argv[1], "rooms.json"), encoding="utf-8") as file:
    rooms = json.load(file)
for room in (rooms["pop"], rooms["rec"]):
    took, hits = min(once(room) for _ in range(RUNS))
    name = f"libCacheSim, room for {room}"
    print(f"  {name:<40}  {requests / took / 1e6:.3f} million a second, {hits} hits")
