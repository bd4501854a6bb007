"""What stands between the title and the scan line: what a prompt is about, sheets of a look-up, what was accepted.

Not here: answers of the rules (messages.py, added.py), the frame around it (frame.py).
"""

from __future__ import annotations

from tui.texts.wording import Text

_BODY: dict[str, Text] = {
    "text": "{text}",
    "next_page": "next page",
    "body.choice": {
        "at_bin": "{at_bin} {code} {item} {variant} {uom}",
        "no_variant": "{kind} {code}, no variant",
        "lot": "{lot} {expires} {code} {uom}",
        "": "{kind} {code} {item} {variant} {uom}",
    },
    # Signing in
    "body.sign_in": "Scan your badge or type your code",
    "body.locked": "Locked: PIN of {operator}",
    "body.old_pin": "Type your old PIN",
    "body.new_pin": "Type a new PIN of 6 to 12 digits",
    "body.pin_again": "Type the new PIN again",
    # The open line
    "body.bin": "BIN {bin}",
    "body.item": "{item} {text}",
    "body.variant": "VARIANT {variant}",
    "body.lot": "LOT {number}",
    "body.serial": "SN {number}",
    "body.package": "SSCC {number}",
    "body.expires": "EXP {date}",
    # Adjust
    "body.change": "{qty} {uom} {item}",
    "body.adjustment": "{bin} {item} {number} {qty} {uom} {reason}",
    "body.post_adjustment": "{bin} {item} {number} {qty} {uom} {reason}. Post? Enter",
    "body.second_person": "Supervisor's badge, or Enter to leave it",
    "body.second_pin": "PIN of the second person",
    "body.signed": "Signed by {operator}",
    # Move
    "body.whole_bin": "Enter = the whole bin",
    "body.together": "{bin} lines: {n}",
    "body.portion": "{bin} {item} {variant} {number} {qty}",
    # Reclassify
    "change.lot": "Lot",
    "change.expiry": "Expiry date",
    "change.serial": "Serial",
    "change.package": "Package",
    "change.location": "Location",
    "change.variant": "Variant",
    "change.to": "-> {new}",
    "change.to_variant": {"variant": "{variant}", "": "no variant"},
    "body.post_reclassification": "{qty} {uom} {item}. Post? Enter",
    "body.old_new": "{old} -> {new}",
    "body.lies": "{bin} {qty}",
    # Pick
    "body.no_picks": "Nothing to pick. Scan an order",
    "body.pick": {
        "due": "{document} {partner} {due} {n}/{m}",
        "": "{document} {partner} {n}/{m}",
    },
    "body.go": "GO {bin}",
    "body.take": {
        "n": "TAKE {qty} {uom} = {n} {unit}",
        "": "TAKE {qty} {uom}",
    },
    "body.lot_of_line": {
        "date": "LOT {number} EXP {date}",
        "": "LOT {number}",
    },
    "body.then": "THEN {bin} {item}",
    "body.pick_line": {
        "done": "{bin} {item} {number} {qty} ok",
        "": "{bin} {item} {number} {qty}",
    },
    "body.pick_done": "{document}: all lines done. F2 ships",
    "body.other_bin": "Scan the other bin",
    "body.really_there": "How many are really there?",
    "body.short": "{item}: {qty} of {of}. Why?",
    "body.why_kept": "Why {number} first?",
    "body.ship_and_post": {
        "short": "{n} of {m} lines, {short} short. Ship and post? Enter",
        "": "{n} of {m} lines. Ship and post? Enter",
    },
    "short.empty": "Bin empty",
    "short.damaged": "Damaged",
    "short.cannot_reach": "Cannot reach",
    "short.wrong_lot": "Wrong lot",
    # Count
    "body.count_what": "Scan a bin, or the number of a count",
    "body.count_location": "Enter counts all here, or scan a count",
    "body.not_counted": "Not counted yet",
    "body.all_counted": "All counted. F2 finishes",
    "body.open_line": "{item} {variant} {number}",
    "body.finish_count": "{done} counted, {open} open. Finish? Enter",
    # Look-up
    "body.look": "Scan anything, or type part of a name",
    # My day
    "body.nothing_here": "Nothing here",
    "body.posting": {
        "undone": "{time} {source} {document}: undone",
        "n=1": "{time} {source} {document}",
        "": "{time} {source} {document}: {n} rows",
    },
    "source.adjustment": "adjust",
    "body.count": "{document} {bin} by {operator}",
    "body.count_summary": "{bin} {differ}/{n} differ {value}. Enter=post 8=recount",
    "body.difference": {
        "blocked": "{review} {bin} {item} {variant} {number}: {counted}, was {expected}, blocked",
        "moved": "{review} {bin} {item} {variant} {number}: {counted}, was {expected}, {moved} moved since",
        "": "{review} {bin} {item} {variant} {number}: {counted}, was {expected}",
    },
    "body.posted_line": {
        "counted": "{bin} {item} {variant} {number} {qty} counted {counted}",
        "": "{bin} {item} {variant} {number} {qty}",
    },
    "body.waiting": "{operator}: {bin} {item} {variant} {number} {qty} {uom} {reason}",
    "body.approve": "Enter=post 8=refuse",
    "body.why_refused": "Why is {document} refused?",
    "body.draft": "{document} {bin}: {done}/{n}",
    "posting.undo": "Undo",
    "body.undo": {
        "n": "Undo {document}: {n} lines. Post? Enter",
        "way=out": "Undo: {qty} of {item} {variant} {number} out of {bin}. Post? Enter",
        "": "Undo: {qty} of {item} {variant} {number} back to {bin}. Post? Enter",
    },
    "body.undo_line": {
        "way=out": "{qty} of {item} {variant} {number} out of {bin}",
        "": "{qty} of {item} {variant} {number} back to {bin}",
    },
    "my_day.postings": "My postings",
    "my_day.counts": "Counts to post",
    "my_day.approvals": "Adjustments to approve",
    "my_day.drafts": "Work left open",
}
_SHEETS: dict[str, Text] = {
    "aspect.variants": "Variants",
    "aspect.units": "Units",
    "aspect.availability": "Availability",
    "aspect.block": "Block or free",
    "sheet.bin": "BIN {bin} {zone}",
    "sheet.blocked_bin": "Blocked {block}",
    "sheet.empty": "Empty",
    "sheet.content": {
        "where": "{where} {item} {variant} {number} {qty} {uom}",
        "held": "{item} {variant} {number} {expires} {qty} {uom} ({free} free)",
        "expires": "{item} {variant} {number} EXP {expires} {qty} {uom}",
        "": "{item} {variant} {number} {qty} {uom}",
    },
    "sheet.item": "{item} {text}",
    "sheet.blocked_item": "Blocked {why}",
    "sheet.variant": "{code} {text}",
    "sheet.unit": "1 {uom} = {qty} {base}",
    "sheet.total": "On hand {qty} {uom}",
    "sheet.place": {
        "held": "{location} {bin} {number} {qty} {uom} ({free} free)",
        "number": "{location} {bin} {number} {qty} {uom}",
        "": "{location} {bin} {qty} {uom}",
    },
    "sheet.lot": "LOT {number} of {item} {text}",
    "sheet.serial": "SN {number} of {item} {text}",
    "sheet.package": "SSCC {number}",
    "sheet.expires": "EXP {date}",
    "sheet.blocked_number": "{number} is blocked",
    "sheet.not_in_stock": "Not in stock",
    "sheet.more_found": "Over {n} items: add a word",
    "sheet.hit": {
        "elsewhere": "{item} {text}: {here}+{elsewhere}",
        "": "{item} {text}: {here}",
    },
    "sheet.location": "{location} {text}",
    "sheet.document": "{document} {bin}: {status}",
    "sheet.order": "{document} {order_kind}: {status}",
    "order_kind.sales_order": "sale",
    "order_kind.purchase_order": "purchase",
    "order_kind.sales_return_order": "customer's return",
    "order_kind.purchase_return_order": "return to vendor",
    "sheet.partner": "{partner} {text}",
    "sheet.due": "Due {date}",
    "sheet.pick": "{document} pick of {order} at {location}",
    "sheet.pick_of": "Pick {document} is open",
    "sheet.lines_done": "{done}/{n} lines done",
    "sheet.holder": "{operator} has it",
    "sheet.count_line": {
        "counted": "{bin} {item} {variant} {number}: counted",
        "": "{bin} {item} {variant} {number}: open",
    },
    "sheet.order_line": "{item} {variant} {qty} {uom}, {done} done",
    "sheet.pick_line": "{bin} {item} {variant} {number} {qty}, {done} taken",
    "sheet.availability_head": "On hand, free, + on the way, - needed",
    "sheet.availability": {
        "on_picks": "{location}: {on_hand}, {free} free, +{on_the_way} -{needed}, {on_picks} on picks",
        "": "{location}: {on_hand}, {free} free, +{on_the_way} -{needed}",
    },
    "body.block": {
        "way=free": "Why is {number} {item} free again?",
        "": "Why is {number} {item} blocked?",
    },
    "body.block_now": {
        "way=free": "Free {number} {item}: {reason}. Enter",
        "": "Block {number} {item}: {reason}. Enter",
    },
    "block.inbound": "IN",
    "block.outbound": "OUT",
    "block.all": "IN and OUT",
}
_ACCEPTED: dict[str, Text] = {
    "next_counts": "The next scan counts {qty}",
    "at_location": "You work at {location}",
    "pin_changed": "PIN changed",
    "counted": "{item} {number}: {qty} {uom} counted",
    "counted_serial": "SN {serial} counted: {n}",
    "taken": "{qty} of {item} from {bin}",
    "taken_serial": "SN {serial}: {n}/{m}",
    "count_made": "To be counted: {document}",
    "left_for_approval": "Left for approval: {document}",
    "sent_back": "Sent back: {document}",
    "blocked_now": "Blocked: {number}",
    "unblocked": "Free again: {number}",
    "refused_adjustment": "Refused: {document}",
}
"""Notices of what a job took."""

DIALOGUE: dict[str, Text] = _BODY | _SHEETS | _ACCEPTED
