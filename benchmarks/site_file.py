"""What a site file of 100,000 bins costs to check, plan and export, beside PyYAML reading the same file (SITE-07).

`python -m benchmarks.site_file [--bins N] [--in FOLDER]`: once with a row for each bin, once with ranges. The reference
is `yaml.load` with libyaml's safe loader, which makes plain dictionaries and checks nothing; the goal is 2x where each
bin has a row. Ranges give PyYAML next to nothing to read; what they cost is told beside it.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import yaml

from benchmarks.measuring import cpu_beside, interleaved, ms, seconds, workplace
from benchmarks.warehouse import told
from config.export import exported
from config.plan import plan
from config.schema import load_site
from domain.set_up import ApplySite, apply_site, site_in
from domain.site import Site
from storage.store import Store

BINS = 100_000
A_RACK = 100
REPETITIONS = 3
HEAD = """\
site: Large
timezone: UTC
locations: {W: {bin_mandatory: true}}
zones: [{location: W, code: Z, ranking: 5}]
bins:
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A large site file beside PyYAML.")
    parser.add_argument("--bins", type=int, default=BINS, help=f"bins of the site (default: {BINS:,})")
    parser.add_argument("--in", dest="folder", help="a folder on the disk to be measured")
    options = parser.parse_args()
    racks = range(options.bins // A_RACK)
    by_row = (
        f"  - {{location: W, code: R{rack:04d}-{at:02d}, zone: Z, ranking: {at}}}"
        for rack in racks
        for at in range(A_RACK)
    )
    in_ranges = (f'  - {{location: W, code: "R{rack:04d}-{{00..{A_RACK - 1}}}", zone: Z}}' for rack in racks)
    with workplace(f"A site file of {options.bins:,} bins", options.folder) as folder:
        for name, rows in (("a row for each bin", by_row), ("a range for each rack", in_ranges)):
            path = folder / "site.yaml"
            path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
            print(f"\n## {name}: {path.stat().st_size / 2**20:.1f} MB")
            _measure(path, folder / f"{name}.db")


def _measure(path: Path, database: Path) -> None:
    checks, reads = interleaved([partial(load_site, path)] * REPETITIONS, [partial(_read, path)] * REPETITIONS)
    print(f"check {ms(checks):,.0f} ms, PyYAML {ms(reads):,.0f} ms, {ms(checks) / ms(reads):.3g}x")
    print(f"check by CPU time, PyYAML as the hand: {cpu_beside(checks, reads)}")
    new = load_site(path)
    with Store.create(str(database)) as store:
        first = seconds(lambda: _lines(Site(), new))
        made = seconds(lambda: told(store, lambda books, now: apply_site(books, now, ApplySite(Site(), new))))
        nothing = seconds(lambda: _lines(store.question(site_in), new))
        old = store.question(site_in)
        written = seconds(lambda: exported(old))
    for what, taken in (("first plan", first), ("apply", made), ("plan of nothing", nothing), ("export", written)):
        print(f"{what} {taken * 1000:,.0f} ms, CPU alone {taken.cpu * 1000:,.0f} ms")


def _lines(old: Site, new: Site) -> int:
    return sum(1 for _ in plan(old, new).lines())


def _read(path: Path) -> object:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


if __name__ == "__main__":
    main()
