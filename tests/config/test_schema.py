from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.faults import SiteFaults
from config.implied import DIRECTED
from config.loader import load_yaml
from config.schema import load_site, site_from
from config.site_form import HEAD
from domain.people.rights import DEFAULT_ROLES
from domain.site import AdjustLimit, Currency, Site, SkillHeld
from tests.config.reading import SECTIONS, faults, forms, site


def test_a_file_must_name_its_site_and_time_zone(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("lang: en")

    with pytest.raises(SiteFaults) as refused:
        load_site(path)

    assert str(refused.value).splitlines() == [
        f"{path}:1:1: site: is missing: write `site:` at the top of the file",
        f"{path}:1:1: timezone: is missing: write `timezone:` at the top of the file",
        f'{path}:1:1: lang: unknown key: the closest known one is "language"',
    ]


def test_a_file_with_both_is_a_site_with_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("site: North\ntimezone: Europe/Copenhagen")

    read = load_site(path)

    assert (read.head.site, read.head.timezone, read.head.currency.code) == ("North", "Europe/Copenhagen", "EUR")
    assert [code.code for code in read.tracking_codes] == ["NONE", "LOT", "SERIAL", "LOT_SERIAL"]
    assert read.roles == tuple(DEFAULT_ROLES.values())
    assert read.locations == read.bins == read.operators == ()


def test_a_null_is_the_default() -> None:
    assert site("locations: {EAST: {name: null, bins: {qc: null}}, WEST: }\nzones: ~").locations[0].name == ""


def test_codes_are_folded_to_capitals_wherever_they_stand() -> None:
    read = site("""
        locations: {no: {bin_mandatory: true, bins: {qc: w-1}}}
        zones: [{location: No, code: pick}]
        bins: [{location: NO, code: w-1, zone: Pick}]
        operators: {anna: {role: Picker, locations: [nO], home: no, zones: [picK]}}
    """)

    assert read.bins[0].code == read.locations[0].bins.qc == "W-1"
    assert read.operators[0].role == "picker"
    assert read.operators[0].zones == ("PICK",)


def test_numbers_dates_times_and_yes_are_read_by_their_fields() -> None:
    read = site("""
        currency: {code: DKK, decimals: 2}
        settings:
          session: {idle_lock: 90s, drop_after: 2m, keep_input: 12h}
          counting: {freeze: Refuse, recount_tolerance: {pct: 2.5}}
          allow_posting_from: -1M-CM
          allow_posting_to: 2026-12-31
        locations: {EAST: {}}
        operators:
          ANNA: {adjust_limit: {qty: 10}, skills: [FORKLIFT, {skill: cold, until: 2027-03-31}], blocked: true}
        skills: {FORKLIFT: Fork-lift licence, COLD: Cold room}
    """)

    settings = read.head.settings
    assert read.head.currency == Currency("DKK", 2)
    assert (settings.session.idle_lock, settings.session.drop_after, settings.session.keep_input) == (90, 120, 43200)
    assert settings.counting.freeze == "refuse"
    assert settings.counting.recount_tolerance.pct == Decimal("2.5")
    assert (settings.allow_posting_from, settings.allow_posting_to) == ("-1M-CM", "2026-12-31")
    assert read.operators[0].adjust_limit == AdjustLimit(qty=Decimal(10))
    assert read.operators[0].skills == (SkillHeld("FORKLIFT"), SkillHeld("COLD", date(2027, 3, 31)))


def test_a_bin_takes_from_its_zone_what_it_does_not_say_itself() -> None:
    read = site("""
        locations: {WHITE: {bin_mandatory: true, directed: true}}
        bin_types: {PUTPICK: {put_away: true, pick: true}, PICK: {pick: true}}
        equipment: {TRUCK: }
        zones: [{location: WHITE, code: P, bin_type: PUTPICK, ranking: 7, equipment: TRUCK, cross_dock: true}]
        bins:
        - {location: WHITE, code: A, zone: P}
        - {location: WHITE, code: B, zone: P, bin_type: PICK, ranking: 1}
    """)

    first, second = read.bins
    assert (first.bin_type, first.ranking, first.equipment, first.cross_dock) == ("PUTPICK", 7, "TRUCK", True)
    assert (second.bin_type, second.ranking, second.equipment) == ("PICK", 1, "TRUCK")


def test_directed_sets_the_flags_of_bins_1() -> None:
    location = site("locations: {WHITE: {directed: true, require_pick: true}}").locations[0]

    assert {name: getattr(location, name) for name in DIRECTED} == DIRECTED


def test_specific_tracking_sets_warehouse_and_every_flag_of_movement() -> None:
    code = site("tracking_codes: {LOTX: {lot_specific: true, strict_expiration: true}}").tracking_codes[-1]

    assert code.lot_warehouse
    assert code.lot_purchase_in
    assert code.lot_neg_adj_out
    assert code.lot_transfer
    assert code.use_expiration
    assert not code.serial_transfer
    assert not code.lot_info_must_exist_in


def test_a_tracking_code_of_the_site_replaces_the_default_of_its_name() -> None:
    codes = {code.code: code for code in site("tracking_codes: {lot: {lot_sales_out: true}}").tracking_codes}

    assert not codes["LOT"].lot_specific
    assert codes["LOT"].lot_sales_out


def test_a_role_of_the_site_replaces_the_default_of_its_name() -> None:
    roles = {role.code: role for role in site('roles: {Viewer: {may: ["*"]}, night: {may: [count]}}').roles}

    assert roles["viewer"].may == ("*",)
    assert roles["night"].may == ("count",)
    assert roles["admin"] == DEFAULT_ROLES["admin"]


def test_reasons_are_numbered_in_the_order_of_the_file() -> None:
    reasons = site("reason_codes: {DAMAGED: Damaged, FOUND: {text: Found, for: [adjust, block]}}").reason_codes

    assert [(reason.code, reason.text, reason.position) for reason in reasons] == [
        ("DAMAGED", "Damaged", 1),
        ("FOUND", "Found", 2),
    ]
    assert [reason.offered_for for reason in reasons] == [("adjust",), ("adjust", "block")]


def test_a_prefix_is_renamed_doubled_or_switched_off() -> None:
    prefixes = site('scanning: {prefixes: {bin: "BIN:", lot: ["L:", "LOT:"], item: null}}').head.scanning.prefixes

    assert prefixes["bin"] == ("BIN:",)
    assert prefixes["lot"] == ("L:", "LOT:")
    assert prefixes["item"] == ()
    assert prefixes["command"] == ("%%", "C:")


def test_a_bin_content_is_policy_of_the_site_in_pieces_unless_it_says_a_unit() -> None:
    content = site("""
        locations: {W: {bin_mandatory: true}}
        bins: [{location: W, code: A}]
        bin_contents: [{location: W, bin: a, item: "1000", fixed: true, min: 1, max: 5}]
    """).bin_contents[0]

    assert (content.item, content.variant, content.uom, content.from_site) == ("1000", "", "PCS", True)


TREE = """
locations: {W: {bin_mandatory: true}, D: {directed: true}, N: {}}
bin_types: {PICK: {pick: true}}
zones: [{location: W, code: Z}, {location: D, code: Z, bin_type: PICK}]
bins: [{location: W, code: A}, {location: W, code: B}, {location: D, code: A, zone: Z}]
"""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("site: [X]", "site.yaml:1:7: site: is a list: write one value"),
        ("time_zone: UTC", 'site.yaml:1:1: time_zone: unknown key: the closest known one is "timezone"'),
        ("location: {}", 'site.yaml:1:1: location: unknown key: the closest known one is "locations"'),
        ("timezone: Mars/X", 'timezone: "Mars/X" is not a time zone: write an IANA name like Europe/Copenhagen'),
        ("language: english", 'language: "english" is not a language: write two letters like en'),
        ("currency: EUR", "currency: is not a mapping: write keys with values"),
        ("currency: {decimals: 6}", "currency.decimals: 6 is out of range: write 0 to 5"),
        ("settings: {pin_min_length: 4}", "settings.pin_min_length: 4 is out of range: write 6 to 12"),
        ("settings: {counting: {freeze: no}}", '"no" is not a choice: write none, warn or refuse'),
        ("settings: {session: {idle_lock: 10}}", '"10" is not a time: write it like 60s, 10m or 24h'),
        ("settings: {allow_posting_from: soon}", '"soon" is not a date formula: write it like 2W, 1M or -1M-CM'),
        ("settings: {amount_rounding: 0}", "settings.amount_rounding: 0 is not allowed: write more than 0"),
        ("settings: {max_typed_qty: 1e3}", '"1e3" is not a number: write it like 12.5'),
        ("settings: {default_location: Q}", "default_location: Q is not in locations: there is none to name yet"),
        ("settings: {cost_adjustment_schedule: often}", '"often" is not a schedule: write an interval like 15m'),
        ("settings: {look_ahead_bucket: hour}", '"hour" is not a choice: write day, week, month, quarter or year'),
        ("settings: {short_reasons: [lazy]}", 'short_reasons[1]: "lazy" is not a choice: write empty, damaged'),
        ("settings: {over_receipt_codes: {a: {}, A: {}}}", "over_receipt_codes: two keys are one code: keep one"),
        ("settings: {default_over_receipt_code: STD}", "default_over_receipt_code: STD is not in over_receipt_codes"),
        ("settings: {default_responsibility_center: N}", "N is not in responsibility_centers: there is none"),
        (
            "currency: {code: JPY, decimals: 0}",
            "settings.amount_rounding: 0.01 is finer than the currency's 0 decimals: write 1 or a multiple of it",
        ),
        ("calendars: {STD: {weekly_off: [sunday]}}", '"sunday" is not a choice: write mon, tue'),
        ("calendars: {STD: {holidays: [12-25]}}", '"12-25" is not a date: write it like 2026-12-31'),
        ("equipment: {F: {skill: S}}", "equipment.F.skill: S is not in skills: there is none to name yet"),
        ("locations: {E: {calendar: STD}}", "locations.E.calendar: STD is not in calendars"),
        ("locations: {E: {putaway_template: STD}}", "locations.E.putaway_template: STD is not in putaway_templates"),
        (
            "locations: {E: {in_transit: true, bin_mandatory: true}}",
            "E.bin_mandatory: a location in transit: leave out",
        ),
        ("putaway_templates: {STD: {fixed: true}}", 'STD.fixed: unknown key: the closest known one is "steps"'),
        (
            "putaway_templates: {STD: [{fixd: true}]}",
            '1:28: putaway_templates.STD[1].fixd: unknown key: the closest known one is "fixed"',
        ),
        ('number_series: {L: {pattern: "L{YY}"}}', "is not a number pattern: write one run of # for the counter"),
        ('number_series: {L: {pattern: "##-##"}}', '"##-##" is not a number pattern'),
        ('number_series: {L: {pattern: "{WW}##"}}', '"{WW}##" is not a number pattern'),
        ("number_series: {L: {}}", "number_series.L.pattern: is missing: write it"),
        ("document_series: {pick: P}", "document_series.pick: P is not in number_series: there is none to name yet"),
        ("document_series: {pikc: P}", '1:19: document_series.pikc: "pikc" is not a choice: write sales_order'),
        ("counting_periods: {A: {times_per_year: 0}}", "times_per_year: 0 is out of range: write 1 to 366"),
        ("default_groups: {busines: X}", 'default_groups.busines: unknown key: the closest known one is "business"'),
        ("item_templates: {S: {costing: lofo}}", 'item_templates.S.costing: "lofo" is not a choice: write fifo'),
        ("item_templates: {S: {tracking: X}}", "item_templates.S.tracking: X is not in tracking_codes: write one of"),
        ("item_templates: {S: {no: 1}}", "item_templates.S.no: unknown key"),
        ("work_types: {dance: []}", 'work_types.dance: "dance" is not a choice: write receive, put_away, pick'),
        ("work_types: {pick: [S]}", "work_types.pick[1]: S is not in skills: there is none to name yet"),
        ("responsibility_centers: {N: {location: Q}}", "responsibility_centers.N.location: Q is not in locations"),
        ("printers: {P: {kind: pdf, address: h:1}}", 'printers.P.kind: "pdf" is not a choice: write zpl or text'),
        ("printers: {P: {kind: zpl, address: h}}", 'printers.P.address: "h" is not an address: write host and port'),
        ("printers: {P: {kind: zpl, address: h:99999}}", 'printers.P.address: "h:99999" is not an address'),
        (
            "keys: {f21: help}",
            'keys.f21: "f21" is not a key that can be bound: write f1 to f20, esc, tab, left or right',
        ),
        ("keys: {enter: help}", 'keys.enter: "enter" is not a key that can be bound'),
        ("keys: {alt-x: help}", 'keys.alt-x: "alt-x" needs two keys at once: write f1 to f20'),
        ("keys: {f3: find, F3: help}", "keys: two keys are one code: keep one of the two"),
        ("keys: {f3: shrot}", 'keys.f3: "shrot" is not a choice: write ok, back, help, done, short'),
        ("forms: {pikc: {}}", 'forms.pikc: "pikc" is not a choice: write receive, put_away, pick'),
        ("forms: {pick: {hide: [bin]}}", "forms.pick.hide[1]: bin is asked: hide only what is shown besides"),
        ("forms: {pick: {rows: {20: [item, bin]}}}", "forms.pick.rows.20: inputs in another order than they are asked"),
        ("forms: {pick: {rows: {wide: [bin]}}}", 'forms.pick.rows.wide: "wide" is not a width'),
        ("forms: {pick: {confirm: {item: check}}}", "forms.pick.confirm.item: only bins have check digits"),
        (
            "posting_groups: {inventory: [R], inventory_setup: [{location: Q, group: R}]}",
            "posting_groups.inventory_setup[1].location: Q is not in locations",
        ),
        (
            "posting_groups: {inventory_setup: [{location: '', group: R}]}",
            "posting_groups.inventory_setup[1].group: R is not in posting_groups.inventory",
        ),
        (
            "posting_groups: {product: [R], general_setup: [{business: '', product: R, cogs: 1}]}",
            "posting_groups.general_setup[1].cogs: 1 is not in posting_groups.accounts",
        ),
        (
            "posting_groups: {product: [R], general_setup: [{business: '', product: R}, {business: '', product: R}]}",
            "posting_groups.general_setup[2]: the same pair as at site.yaml:1:48: keep one of the two",
        ),
        ("locations: []", "site.yaml:1:12: locations: has another shape: write one row a code"),
        ("locations: {EAST: []}", "site.yaml:1:19: locations.EAST: is not a mapping"),
        ("locations: {ABCDEFGHIJK: {}}", 'locations.ABCDEFGHIJK: "ABCDEFGHIJK" has 11 characters: write at most 10'),
        ('locations: {"": {}}', "site.yaml:1:13: locations: is blank: write a code of 1 to 10 characters"),
        ("locations: {EAST: {}, east: {}}", "site.yaml:1:23: locations.east: EAST is there twice: keep one of the two"),
        (
            "locations: {E: {bin_mandatory: yes}}",
            'locations.E.bin_mandatory: "yes" is not a yes or no: write true or false',
        ),
        (
            "locations: {E: {bins: {receipts: A}}}",
            'locations.E.bins.receipts: unknown key: the closest known one is "receipt"',
        ),
        ("locations: {E: {bins: {receipt: A}}}", "locations.E.bins.receipt: A is not a bin of E: add it to bins"),
        ("locations: {E: {address: Dock Road}}", "locations.E.address: is not a list: write `[one, another]`"),
        ("locations: {E: {directed: true, require_pick: false}}", "locations.E.require_pick: contradicts directed"),
        ("locations: {E: {directed: true, in_transit: true}}", "locations.E.directed: a location in transit"),
        ("locations: {E: {pick_fefo: true}}", "locations.E.pick_fefo: needs picks: switch on require_pick"),
        ("locations: {E: {pick_fefo: true, require_pick: true, require_shipment: true}}", "pick_fefo: needs bins"),
        ("locations: {E: {use_cross_docking: true}}", "locations.E.use_cross_docking: needs all four documents"),
        ("locations: {E: {cross_dock_due: 1}}", '"1" is not a date formula: write it like 2W, 1M or -1M-CM'),
        (
            "bin_types: {X: {receive: true, pick: true}}",
            "bin_types.X: these flags do not go together: write receive, ship",
        ),
        ("zones: {}", "site.yaml:1:8: zones: has another shape: write one row a line"),
        ("zones: [{code: Z}]", "site.yaml:1:9: zones[1].location: is missing: write it"),
        ("zones: [{location: Q, code: Z}]", "zones[1].location: Q is not in locations"),
        (
            TREE + "bin_contents: [{location: W, bin: Q, item: I}]",
            "bin_contents[1].bin: Q is not a bin of W: add it to bins",
        ),
        (TREE + "bin_contents: [{location: W, bin: A, item: I, min: 5, max: 2}]", "min: 5 is above max 2"),
        (TREE + "bin_contents: [&a {location: W, bin: A, item: I}, *a]", "[2]: the same content as at site.yaml:5:16"),
        (
            TREE
            + "bin_contents: [{location: W, bin: A, item: I, default: true},"
            + " {location: W, bin: B, item: I, default: true}]",
            "bin_contents[2].default: default bin already A: keep one default an item",
        ),
        ("tracking_codes: {L: {lot_warehouse: true}}", "lot_warehouse: needs lot_specific: write lot_specific: true"),
        ("tracking_codes: {L: {lot_specific: true, lot_transfer: false}}", "lot_transfer: contradicts lot_specific"),
        (
            "tracking_codes: {L: {strict_expiration: true, use_expiration: false}}",
            "use_expiration: contradicts strict_expiration: leave it out: strict_expiration sets it",
        ),
        ("reason_codes: {R: {for: adjust}}", "reason_codes.R.for: is not a list"),
        (
            "reason_codes: {R: {for: [adjusting]}}",
            '"adjusting" is not a choice: write adjust, short, reclassify, return or block',
        ),
        ("reason_codes: {R: {location: Q}}", "reason_codes.R.location: Q is not in locations"),
        ("roles: {r: {may: [fly]}}", 'roles.r.may[1]: "fly" is not a choice'),
        ("operators: {A: {role: boss}}", "operators.A.role: boss is not in roles: write one of viewer, picker"),
        ("operators: {A: {pin: 123456}}", "pin: does not belong here: set a PIN with `aisle operator pin CODE`"),
        (TREE + "operators: {A: {locations: [W], home: N}}", "operators.A.home: N is not among his locations"),
        (TREE + "operators: {A: {locations: [N], zones: [Z]}}", "operators.A.zones[1]: Z is not in zones"),
        (
            "operators: {A: {badge: 1}, B: {badge: 1}}",
            "operators.B.badge: 1 already names A: give each a badge of his own",
        ),
        ("operators: {A: {printer: P}}", "operators.A.printer: P is not in printers: there is none to name yet"),
        ("operators: {A: {skills: [S]}}", "operators.A.skills[1]: S is not in skills: there is none to name yet"),
        ("operators: {A: {sales_center: S}}", "operators.A.sales_center: S is not in responsibility_centers"),
        ("operators: {A: {badge: b}, B: {}}", "operators.A.badge: b already names B"),
        ("operators: {system: {}}", "operators.system: SYSTEM is the program's own operator: choose another code"),
        (
            "operators: {A: {skills: [{skill: X, until: 2027-02-31}]}}",
            '.until: "2027-02-31" is not a date: write it like 2026-12-31',
        ),
        ("operators: {A: {adjust_limit: {qty: -1}}}", "operators.A.adjust_limit.qty: -1 is below 0: write 0 or more"),
        ("operators: {A: {adjust_limit: {qty: 0.123456}}}", "0.123456 has more than five decimals: write at most five"),
        ("scanning: {prefixes: {bni: B}}", 'scanning.prefixes.bni: "bni" is not a choice: write bin, lot'),
        ('scanning: {prefixes: {bin: ""}}', "scanning.prefixes.bin[1]: is blank: write a prefix like B:"),
        ('scanning: {prefixes: {bin: "l:"}}', 'scanning.prefixes.lot: "L:" already marks bin'),
        ('scanning: {prefixes: {bin: "Ä:"}}', 'bin[1]: "Ä:" never stands on a label: write letters without accents'),
        ("scanning: {prefixes: {bin: ' B:'}}", 'bin[1]: " B:" never stands on a label: write letters without accents'),
        ("scanning: {rules: [{rank: 1, kind: thing, match: A}]}", '.rules[1].kind: "thing" is not a choice: write gs1'),
        ("scanning: {rules: [{kind: item, match: A}]}", "scanning.rules[1].rank: is missing: write it"),
        (
            "scanning: {rules: [{rank: 1, kind: item, match: '(?P<code>.)('}]}",
            "scanning.rules[1].match: is not a pattern of RE2, missing ): (?P<code>.)(: write it without look-around",
        ),
        (
            r"scanning: {rules: [{rank: 1, kind: item, match: '(?P<code>.)\1'}]}",
            r"match: is not a pattern of RE2, invalid escape sequence: \1: write it without look-around",
        ),
        (
            "scanning: {rules: [{rank: 1, kind: item, match: '(?=A)(?P<code>.)'}]}",
            "match: is not a pattern of RE2, invalid perl operator: (?=: write it without look-around",
        ),
        (
            "scanning: {rules: [{rank: 1, kind: item, match: '(?P<code>((.{99}){99}){99})'}]}",
            "match: is not a pattern of RE2, ",
        ),
        (
            "scanning: {rules: [{rank: 1, kind: item, match: '(?P<lot>.)'}]}",
            'rules[1].match: kind item needs a group "code": write (?P<code>...) around it',
        ),
        (
            "scanning: {rules: [{rank: 1, kind: item, match: '(?P<code>.)(?P<lto>.)'}]}",
            '.match: "lto" is no fact of kind item: the closest known one is "lot"',
        ),
        (
            "scanning: {rules: [{rank: 1, kind: lot, match: '(?P<coed>.)'}]}",
            '.match: "coed" is no fact of kind lot: the closest known one is "code"',
        ),
        (
            "scanning: {rules: [{rank: 1, kind: command, match: '(?P<command>.)(?P<code>.)'}]}",
            '.match: "code" is no fact of kind command: the closest known one is "command"',
        ),
        (
            "scanning: {rules: [{rank: 1, kind: item, match: 'A(?P<code>.)|B(?P<code>.)'}]}",
            '.match: two groups are named "code": name each fact once',
        ),
        (
            "scanning: {rules: [{rank: 1, kind: gs1, match: '.+'}]}",
            ".match: names no fact: write (?P<lot>...) around what is to be known",
        ),
        (
            "scanning: {profiles: {d: {screen: big}}}",
            '.screen: "big" is not a screen: write columns and rows like 20x8',
        ),
        ("scanning: {profiles: {d: {gs_provn: true}}}", '.gs_provn: unknown key: the closest known one is "gs_proven"'),
        (f"site: {'x' * 251}", "site: has 251 characters: write at most 250"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(text: str, fault: str) -> None:
    found = faults(text)

    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("code: C, location: Q", "location: Q is not in locations"),
        ("code: C, location: W, zone: X", "zone: X is not in zones: write one of Z"),
        ("code: C, location: N, zone: Z", "zone: Z is not in zones: there is none to name yet"),
        ("code: C, location: D, bin_type: X", "bin_type: X is not in bin_types: write one of PICK"),
        ("code: C, location: W, bin_type: PICK", "bin_type: W is not directed: leave the bin type out"),
        ("code: C, location: W, block: some", "write none, inbound, outbound or all"),
        ("code: A, location: W", "code: A is there twice, first at site.yaml:4:28: keep one of the two"),
    ],
)
def test_what_is_wrong_with_a_bin_is_told(row: str, fault: str) -> None:
    found = faults(TREE.replace("zone: Z}]", f"zone: Z}}, {{{row}}}]"))

    assert len(found) == 1
    assert found[0].split(": ", 1)[1].startswith("bins[4].")
    assert fault in found[0]


ROUTES = """
locations: {A: {}, B: {}, T: {in_transit: true}}
shipping_agents: {VAN: {services: {DAY: {}}}}
"""


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("from: A, to: Q", "routes[1].to: Q is not in locations: write one of A, B, T"),
        ("from: A, to: A", "routes[1].to: the same as from: write another location"),
        ("from: A, to: T", "routes[1].to: T is in transit: name it as in_transit of the route"),
        ("from: A, to: B, in_transit: B", "routes[1].in_transit: B is not in transit: switch on its in_transit"),
        ("from: A, to: B, in_transit: T, direct: true", "routes[1].in_transit: a direct route has none"),
        ("from: A, to: B, agent: X", "routes[1].agent: X is not in shipping_agents: write one of VAN"),
        ("from: A, to: B, agent: VAN, service: X", "routes[1].service: X is not in shipping_agents: write one of DAY"),
        ("from: A, to: B, service: DAY", "routes[1].service: needs an agent: write agent beside it"),
        ("from: A, to: B}, {from: A, to: B", "routes[2]: the same route as at site.yaml:3:10: keep one of the two"),
    ],
)
def test_what_is_wrong_with_a_route_is_told(row: str, fault: str) -> None:
    found = faults(f"{ROUTES}routes: [{{{row}}}]")

    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize("letter", "sqczhijmab\\")
@pytest.mark.parametrize("written", ["ctrl-{}", "Ctrl+{}", "^{}", "c-{}"])
def test_keys_that_belong_to_the_line_are_never_bound(letter: str, written: str) -> None:
    (found,) = faults(f"keys: {{'{written.format(letter)}': help}}")

    assert f"Ctrl-{letter.upper()} is never bound, it" in found
    assert found.endswith("write f1 to f20, esc, tab, left or right")


def test_faults_of_one_section_in_what_it_names_are_all_told() -> None:
    found = faults("zones: [{location: Q, code: Z, equipment: E}, {location: R, code: Z, warehouse_class: C}]")

    assert [line.split(": ")[1] for line in found] == [
        "zones[1].location",
        "zones[1].equipment",
        "zones[2].location",
        "zones[2].warehouse_class",
    ]


def test_all_faults_of_a_file_are_told_in_its_order() -> None:
    found = faults("""
        settings: {counting: {frozen: warn}, pin_min_length: 99}
        locations: {E: {bin_mandatory: maybe}}
        zones: [{location: Q, code: Z}]
        roles: {r: {may: [fly]}}
    """)

    assert [line.split(": ")[1] for line in found] == [
        "settings.counting.frozen",
        "settings.pin_min_length",
        "locations.E.bin_mandatory",
        "roles.r.may[1]",
    ]


def test_what_names_a_broken_section_is_not_judged() -> None:
    found = faults("""
        bins: [{location: W, code: "{2..1}"}]
        locations: {W: {bin_mandatory: true, bins: {qc: B2}}}
    """)

    assert len(found) == 1


def test_a_file_full_of_faults_stops_at_a_thousand() -> None:
    found = faults("\n".join(f"key{number}: x" for number in range(3000)))

    assert len(found) == 1001
    assert found[0] == "site.yaml: more than 1,000 faults: mend these first"


KEYS = sorted({key for form in forms() for key in form.known_keys()})


@given(
    st.dictionaries(
        st.sampled_from([*HEAD.known_keys(), *SECTIONS]),
        st.recursive(
            st.sampled_from(["x", "1", "true", "null", "{A..C}", "a{1..3}", "W", '""', "2026-01-01"]),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3).map(lambda rows: f"[{', '.join(rows)}]"),
                st.dictionaries(st.sampled_from([*KEYS, "W"]), inner, max_size=4).map(
                    lambda rows: f"{{{', '.join(f'{key}: {value}' for key, value in rows.items())}}}"
                ),
            ),
            max_leaves=12,
        ),
        max_size=4,
    )
)
def test_anything_gives_a_site_or_faults(tree: dict[str, str]) -> None:
    text = "\n".join(f"{key}: {value}" for key, value in tree.items())

    with suppress(SiteFaults):
        assert isinstance(site_from(load_yaml(text)), Site)


@given(st.text(max_size=40))
def test_any_text_gives_a_site_or_faults(text: str) -> None:
    with suppress(SiteFaults):
        assert isinstance(site_from(load_yaml(text)), Site)
