"""Words of the screens: titles, prompts, menus, and how facts that are names are said inside a sentence.

Not here: answers of the rules (messages.py), labels of keys (keys.py).
"""

from __future__ import annotations

from tui.texts.wording import Text

_TITLES: dict[str, Text] = {
    "title.login": "LOG IN",
    "title.locked": "LOCKED",
    "title.menu": "MENU",
    "title.receive": "RECEIVE",
    "title.put_away": "PUT-AWAY",
    "title.pick": "PICK",
    "title.ship": "SHIP",
    "title.move": "MOVE",
    "title.count": "COUNT",
    "title.adjust": "ADJUST",
    "title.lookup": "LOOKUP",
    "title.reclassify": "RECLASSIFY",
    "title.transfer_out": "TRANSFER OUT",
    "title.transfer_in": "TRANSFER IN",
    "title.trace": "TRACE",
    "title.print": "PRINT",
    "title.assemble": "ASSEMBLE",
    "title.unbox": "UNBOX",
    "title.return": "RETURN",
    "title.my_day": "MY DAY",
    "title.session": "SESSION",
}
"""First row of a screen, by job."""

_FIELDS: dict[str, Text] = {
    "field.menu": "SCAN>",
    "field.document": "DOC>",
    "field.bin": "BIN>",
    "field.item": "ITEM>",
    "field.lot": "LOT>",
    "field.serial": "SN>",
    "field.expiry": "EXP>",
    "field.qty": "QTY>",
    "field.place": "TO>",
    "field.sign": "1 2>",
    "field.change": "1-6>",
    "field.new": "NEW>",
    "field.reason": "WHY>",
    "field.question": "?>",
    "field.finish": "F2>",
    "field.summary": "ENTER>",
    "field.who": "WHO>",
    "field.pin": "PIN>",
    "field.location": "LOC>",
    "field.package": "SSCC>",
    "field.text": "TEXT>",
}
"""Before the scan line, by prompt."""

_MENU: dict[str, Text] = {
    "menu.receive": "Receive",
    "menu.put_away": "Put-away",
    "menu.pick": "Pick",
    "menu.ship": "Ship",
    "menu.move": "Move",
    "menu.count": "Count",
    "menu.adjust": "Adjust",
    "menu.lookup": "Lookup",
    "menu.more": "More",
    "menu.reclassify": "Reclassify",
    "menu.transfer": "Transfer",
    "menu.trace": "Trace",
    "menu.print": "Print",
    "menu.assemble": "Assemble",
    "menu.unbox": "Unbox",
    "menu.return": "Return",
    "menu.my_day": "My day",
    "menu.session": "Session",
    # F8 inside a job
    "menu.reset_line": "Reset line",
    "menu.list_lines": "List lines",
    "menu.change_lot": "Change lot",
    "menu.close_short": "Close short",
    "menu.leave": "Leave",
    # Session
    "menu.location": "Location",
    "menu.scanner_check": "Scanner check",
    "menu.pin": "PIN",
    "menu.language": "Language",
    "menu.printer": "Printer",
    "menu.handover": "Handover",
    "menu.log_off": "Log off",
}
"""Lines of a digit list."""

_NAMES: dict[str, Text] = {
    "prompt.document": "document",
    "prompt.bin": "bin",
    "prompt.item": "item",
    "prompt.lot": "lot",
    "prompt.serial": "serial",
    "prompt.expiry": "date",
    "prompt.qty": "quantity",
    "prompt.place": "bin",
    "prompt.new": "new value",
    "prompt.who": "badge",
    "prompt.pin": "PIN",
    "prompt.location": "location",
    "prompt.package": "package",
    "prompt.text": "text",
    "prompt.menu": "job or code",
    "what.bin": "Bin",
    "what.location": "Location",
    "what.item": "Item",
    "what.variant": "Variant",
    "what.lot": "Lot",
    "what.serial": "Serial",
    "what.package": "Package",
    "what.partner": "Partner",
    "what.reason": "Reason",
    "what.qty": "Quantity",
    "what.expiry": "Expiry date",
    "what.new": "New lot",
    "what.posting_date": "Posting date",
    "job.receive": "receipt",
    "job.put_away": "put-away",
    "job.pick": "pick",
    "job.ship": "shipment",
    "job.count": "count",
    "job.adjust": "adjust",
    "sign.found": "+ found",
    "sign.missing": "- missing",
    "action.look": "look up",
    "action.put_away": "put away",
    "action.undo_any": "undo others' work",
    "action.post_count": "post counts",
    "action.take_over": "take over",
    "action.learn_code": "learn codes",
    "action.set_up": "set up",
    "action.trail": "read the trail",
}
"""How a sentence says a fact that is a name (`prompt`, `what`, `job` ...); the others are said as they are."""

_LINES: dict[str, Text] = {
    "text": "{text}",
    "go_bin": "GO {bin}",
    "in_bin": "BIN {bin}",
    "item_line": "{item} {description}",
    "lot_line": {"expires": "LOT {lot} EXP {expires}", "": "LOT {lot}"},
    "serial_line": "SN {serial}",
    "qty_line": "{qty} {uom}",
    "counted_line": "COUNTED {qty} {uom}",
    "finish_count": "{n} counted, {open} open. Finish? Enter",
    "post_adjustment": "{bin} {item} {lot} {qty} {reason}. Post? Enter",
}
"""Lines between the title and the scan line; `text` is anything out of the books."""

SCREENS: dict[str, Text] = _TITLES | _FIELDS | _MENU | _NAMES | _LINES
