# Extracts the pages that a file lists, one path a line, and prints the seconds it took.
import pathlib
import sys
import time

from trafilatura import extract

paths = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
start = time.perf_counter()
for path in paths:
    extract(pathlib.Path(path).read_bytes(), output_format="json", with_metadata=True)
print(time.perf_counter() - start)
