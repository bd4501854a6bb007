"""The texts of the reader's E_ codes (scanning.md, Errors)."""

from __future__ import annotations

from tui.texts.wording import Text

READING: dict[str, Text] = {
    "E_EMPTY": "Nothing was scanned",
    "E_LONG": "Too long ({length} characters)",
    "E_CTRL": "Label holds a control character {char}",
    "E_CHARSET": 'Character "{char}" is not allowed here',
    "E_SYMID": 'Symbology mark "{mark}" is unknown',
    "E_CHECK": {
        "layout": "Check digit wrong: keyboard layout?",
        "": "Check digit wrong: read {read}, should be {should}",
    },
    "E_AI": "({ai}) is not a known identifier",
    "E_VALUE": {
        "ai": "({ai}) needs {digits} digits",
        "kind": "{code} is no {kind} code",
        "characters": "({field}) needs {characters} characters",
        "start": "({field}) starts with {start} digits",
        "digits": "This barcode needs {digits} digits",
        "": "A number of only zeros",
    },
    "E_DATE": "Date {date} does not exist",
    "E_DUP": "({ai}) is there twice: {a}, {b}",
    "E_PAIR": "({a}) and ({b}) cannot be on one label",
    "E_AMBIG": "Two readings. Choose:",
    "E_ENV": "Envelope is damaged",
    "E_DI": 'Field "{field}" has no data identifier',
    "E_LINK": "Link is damaged",
    "E_HRI": "Type as (01)...(10)...",
    "E_HIBC": "HIBC label has a bad shape",
    "E_QTY": 'Quantity "{qty}" is not above zero',
    "E_DOUBLE": "Same code read twice without a gap",
    "E_NOMATCH": "Code not recognised",
}
