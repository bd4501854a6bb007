"""Labels of the commands: `key.` in the key bar, `command.` in full, `help.` what the command does.

Not here: which key or label a command has (tui/commands.py).
"""

from __future__ import annotations

from tui.texts.wording import Text

KEYS: dict[str, Text] = {
    "key.ok": "ok",
    "command.ok": "Accept",
    "help.ok": "Accepts the value shown; clears a refusal.",
    "key.back": "back",
    "command.back": "Back",
    "help.back": "Takes back the last answer; at the first prompt leaves the job and keeps it as a draft.",
    "key.help": "help",
    "command.help": "Help",
    "help.help": "Tells what this prompt wants, with an example.",
    "key.done": "done",
    "command.done": "Done",
    "help.done": "Opens the summary that finishes the job; posts nothing by itself.",
    "key.short": "short",
    "command.short": "Short",
    "help.short": "Less is there, it cannot be done or the bin is empty: asks the reason.",
    "key.next": "next",
    "command.next": "Next",
    "help.next": "Leaves this line or bin; it comes back at the end.",
    "key.find": "find",
    "command.find": "Find",
    "help.find": "Looks something up and returns to this prompt.",
    "key.split": "split",
    "command.split": "Other bin",
    "help.split": "Takes another bin, or splits the line over two.",
    "key.full": "full",
    "command.full": "Full quantity",
    "help.full": "Takes the whole quantity of the line.",
    "key.menu": "menu",
    "command.menu": "Job menu",
    "help.menu": "Lists what else can be done with the job or the line.",
    "key.explain": "why",
    "command.explain": "Explain",
    "help.explain": "Shows how the last scan was read: its bytes, its parts and the rule.",
}
