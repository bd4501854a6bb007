"""Words of the frame around every screen: the refusal, waiting, why a terminal cannot be used, columns of a document.

Not here: titles and prompts (screens.py), labels of keys (keys.py).
"""

from __future__ import annotations

from tui.texts.wording import Text

FRAME: dict[str, Text] = {
    "frame.refused": "REFUSED",
    "frame.acknowledge": "Enter=go on>",
    "frame.posting": "Posting",
    "frame.no_terminal": "Not a terminal: start it in one, or with ssh -t",
    "frame.unknown_terminal": "TERM is {term}: set TERM to the kind of your terminal, such as vt100",
    "frame.too_small": "Terminal is {columns}x{rows}: at least 20x8 is needed",
    "column.action": "DO",
    "column.location": "LOCATION",
    "column.bin": "BIN",
    "column.item": "ITEM",
    "column.variant": "VARIANT",
    "column.description": "NAME",
    "column.code": "CODE",
    "column.text": "NAME",
    "column.number": "NUMBER",
    "column.lot": "LOT",
    "column.serial": "SN",
    "column.package": "PACKAGE",
    "column.expires": "EXPIRES",
    "column.qty": "QTY",
    "column.uom": "UOM",
    "column.base": "BASE",
    "column.free": "FREE",
    "column.held": "HELD",
    "column.where": "WHERE",
    "column.on_hand": "ON HAND",
    "column.on_the_way": "COMING",
    "column.needed": "NEEDED",
    "column.on_picks": "PICKS",
    "column.done": "DONE",
    "column.counted": "COUNTED",
    "column.qty_to_handle": "DONE",
    "column.qty_handled": "HANDLED",
    "column.qty_outstanding": "OPEN",
    "column.qty_counted": "COUNTED",
    "column.qty_calculated": "BOOKS",
    "column.moved_since": "MOVED",
    "column.difference": "DIFF",
    "column.reason": "REASON",
}
