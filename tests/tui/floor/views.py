"""Representative Views, each a state an operator meets: what the golden screens show."""

from dataclasses import replace
from decimal import Decimal

from tui.jobs.view import Choice, Fact, Message, View

LINES: tuple[dict[str, Fact], ...] = tuple(
    {"bin": f"W-01-{number:04}", "item": item, "lot": lot, "qty_counted": counted, "uom": "PCS"}
    for number, item, lot, counted in [
        (1, "1000", "L1", Decimal(6)),
        (2, "1001", "", Decimal("99999.99999")),
        (3, "LS-SMALL-PARTS-00042", "LOT-2027-00017-A", None),
        (4, "1100", "L9", None),
    ]
)

JOBS = ["receive", "put_away", "pick", "ship", "move", "count", "adjust", "lookup", "more"]
LOGIN = View(job="login", prompt="who", body=(Message("body.sign_in"),))
PIN = replace(LOGIN, prompt="pin", secret=True)
MENU = View(
    job="menu",
    prompt="menu",
    operator="ANNA",
    location="WHITE",
    choices=tuple(Choice(str(digit), Message(f"menu.{job}")) for digit, job in enumerate(JOBS, 1)),
    digits=True,
    message=Message("posted", {"document": "PS-31"}),
    outcome="posted",
    commands=("back", "find", "explain"),
)
BIN = View(
    job="count",
    prompt="bin",
    operator="ANNA",
    location="WHITE",
    document="C-12",
    progress="2/4",
    body=(Message("body.bin", {"bin": "W-01-0003"}), Message("body.item", {"item": "1000", "text": "BICYCLE"})),
    want={"bin": "W-01-0003"},
    lines=LINES,
    message=Message("counted", {"item": "1001", "number": "", "qty": Decimal(12), "uom": "PCS"}),
    commands=("done", "short", "menu", "next", "find", "back"),
)
QTY = replace(
    BIN,
    prompt="qty",
    body=(
        Message("body.bin", {"bin": "W-01-0003"}),
        Message("body.item", {"item": "LS-SMALL-PARTS-00042", "text": "Screw [M8] \x1b[2J 4 x 40"}),
        Message("body.lot", {"number": "LOT-2027-00017-A"}),
        Message("body.expires", {"date": "2027-01-31"}),
    ),
    field="99999.99999",
    want={"qty": None},
    got={"bin": "W-01-0003"},
)
REFUSAL = replace(
    BIN,
    error=Message("wrong_bin", {"bin": "W-01-0003", "scanned": "W-01-0001"}),
    ignored=2,
    message=None,
    bells=2,
    commands=(),
)
QUESTION = replace(
    BIN,
    prompt="question",
    body=(Message("not_expected"), *BIN.body),
    digits=True,
    bells=1,
    message=None,
    commands=("ok", "back"),
)
SUMMARY = replace(
    BIN,
    prompt="summary",
    body=(Message("body.finish_count", {"done": 12, "open": 1}),),
    want={},
    commands=("ok", "back"),
)
LOOKUP = View(
    job="lookup",
    prompt="menu",
    operator="ANNA",
    location="WHITE",
    document="08:15",
    progress="1/2",
    body=(
        Message("sheet.item", {"item": "1000", "text": "Bicycle"}),
        Message("sheet.total", {"qty": Decimal("99999.99999"), "uom": "PCS"}),
        *(
            Message(
                "sheet.place",
                {"location": "WHITE", "bin": f"W-01-{n:04}", "number": "L1", "qty": Decimal(n), "uom": "PCS"},
            )
            for n in range(1, 8)
        ),
    ),
    commands=("ok", "back", "explain"),
)
UNDO = View(
    job="posting",
    prompt="summary",
    operator="ANNA",
    location="WHITE",
    document="1-1041",
    body=(
        Message(
            "body.undo",
            {
                "qty": Decimal("99999.99999"),
                "item": "LS-SMALL-PARTS-00042",
                "variant": "",
                "number": "LOT-2027-00017-A",
                "bin": "RACK-07-LEVEL-03-B12",
                "way": "back",
            },
        ),
    ),
    commands=("ok", "back"),
)

MOVE = View(
    job="move",
    prompt="place",
    operator="ANNA",
    location="WHITE",
    body=(
        Message("body.together", {"bin": "RACK-07-LEVEL-03-B12", "n": 3}),
        Message("body.portion", {"bin": "", "item": "1000", "variant": None, "number": None, "qty": Decimal(6)}),
        *(
            Message(
                "body.portion", {"bin": "", "item": "LS-SMALL-PARTS-00042", "variant": "RED", "number": lot, "qty": qty}
            )
            for lot, qty in (("LOT-2027-00017-A", Decimal("99999.99999")), ("L9", Decimal(1)))
        ),
    ),
    lines=tuple(
        {"bin": "RACK-07-LEVEL-03-B12", "item": item, "number": number, "qty": qty}
        for item, number, qty in [("1000", None, Decimal(6)), ("LS-SMALL-PARTS-00042", "LOT-2027-00017-A", Decimal(9))]
    ),
    commands=("back", "find"),
)
MOVED = replace(
    MOVE,
    prompt="bin",
    body=(),
    field="RACK-07-LEVEL-03-B12",
    lines=(),
    message=Message("moved", {"qty": Decimal("99999.99999"), "document": "1-1041"}),
    outcome="posted",
    commands=("ok", "back", "find"),
)
RECLASSIFY = replace(
    MOVE,
    job="reclassify",
    prompt="summary",
    body=(
        Message("body.post_reclassification", {"qty": Decimal(5), "uom": "PCS", "item": "LS-SMALL-PARTS-00042"}),
        Message("body.old_new", {"old": "LOT-2027-00017-A", "new": "LOT-2027-00017-B"}),
        Message("body.expires", {"date": "2027-01-31"}),
        Message("body.bin", {"bin": "RACK-07-LEVEL-03-B12"}),
    ),
    lines=(),
    commands=("ok", "back", "find"),
)
CHANGE = replace(
    RECLASSIFY,
    prompt="change",
    body=(),
    choices=tuple(
        Choice(str(digit), Message(f"change.{change}"))
        for digit, change in enumerate(("lot", "expiry", "serial", "package", "location", "variant"), 1)
    ),
    digits=True,
    commands=("back", "find"),
)

PICK = View(
    job="pick",
    prompt="bin",
    operator="ANNA",
    location="WHITE",
    document="PICK12",
    progress="3/14",
    body=(
        Message("body.go", {"bin": "RACK-07-LEVEL-03-B12"}),
        Message("body.item", {"item": "LS-SMALL-PARTS-00042", "text": "Screw M8x40"}),
        Message("body.take", {"qty": Decimal("99999.99999"), "uom": "PCS"}),
        Message("body.lot_of_line", {"number": "LOT-2027-00017-A", "date": "2027-01-31"}),
        Message("body.then", {"bin": "W-01-0002", "item": "1001"}),
    ),
    want={"bin": "RACK-07-LEVEL-03-B12", "item": "LS-SMALL-PARTS-00042"},
    lines=tuple(
        {"bin": bin, "item": item, "lot": lot, "qty": qty, "qty_outstanding": qty, "qty_to_handle": taken}
        for bin, item, lot, qty, taken in [
            ("W-01-0001", "1000", "L1", Decimal(6), Decimal(6)),
            ("RACK-07-LEVEL-03-B12", "LS-SMALL-PARTS-00042", "LOT-2027-00017-A", Decimal("99999.99999"), Decimal(0)),
            ("W-01-0002", "1001", None, Decimal(2), Decimal(0)),
        ]
    ),
    message=Message("taken", {"qty": Decimal(6), "item": "1000", "bin": "W-01-0001"}),
    commands=("short", "next", "split", "done", "menu", "find", "back"),
)
TAKE = replace(
    PICK,
    prompt="qty",
    body=(Message("body.bin", {"bin": "RACK-07-LEVEL-03-B12"}), *PICK.body[1:]),
    field="99999.99999",
    message=None,
)
SHIP = replace(
    PICK,
    prompt="summary",
    body=(Message("body.ship_and_post", {"n": 13, "m": 14, "short": 2}),),
    want={},
    message=None,
    commands=("ok", "back"),
)

GOLDEN = {
    "login": LOGIN,
    "menu": MENU,
    "bin": BIN,
    "qty": QTY,
    "refusal": REFUSAL,
    "question": QUESTION,
    "summary": SUMMARY,
    "lookup": LOOKUP,
    "undo": UNDO,
    "move": MOVE,
    "moved": MOVED,
    "change": CHANGE,
    "reclassify": RECLASSIFY,
    "pick": PICK,
    "take": TAKE,
    "ship": SHIP,
}
ODD = replace(
    BIN,
    operator="J\u00d6RG",
    location="K\u00d8GE",
    document="\u010c-12",
    body=(
        Message("text", {"text": "K\u00e4se \u00bd \u65e5\u672c \u201cA\u201d"}),
        Message("body.item", {"item": "\u00c6R\u00d8-1", "text": "Schlauch 5\u00bd\u2033 \u2013 gro\u00df, \u20ac"}),
        Message("body.lot", {"number": "\u0141\u00f3d\u017a-00000000000000-\u65e5"}),
    ),
    field="\u00f1",
    want={"bin": "W-01-0003"},
    lines=tuple({**line, "item": f"\u00c6R\u00d8-{place}"} for place, line in enumerate(LINES)),
    message=Message("text", {"text": "\u041f\u0440\u0438\u043d\u044f\u0442\u043e"}),
)
"""Characters that a terminal without UTF-8 has not."""
STATES = {**GOLDEN, "pin": PIN, "odd": ODD}
SIZES = [(20, 8), (21, 16), (26, 16), (80, 24)]
