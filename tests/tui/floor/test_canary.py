"""Names of Textual that are not public but used in tui/floor: an upgrade that moves them fails here."""

import inspect
from threading import Event

from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver


def test_the_driver_still_reads_in_a_method_of_its_own_until_an_event() -> None:
    assert "self.run_input_thread()" in inspect.getsource(LinuxDriver._run_input_thread)
    initialised = inspect.getsource(LinuxDriver.__init__)
    assert "self.exit_event = Event()" in initialised
    assert Event().is_set() is False


def test_the_driver_still_writes_through_one_method_to_one_file() -> None:
    assert "self._file" in inspect.getsource(LinuxDriver.__init__)
    assert "WriterThread(self._file)" in inspect.getsource(LinuxDriver.start_application_mode)
    assert 'self.write("\\x1b[?1049h")' in inspect.getsource(LinuxDriver.start_application_mode)


def test_the_driver_still_asks_one_method_for_the_size_and_knows_its_loop() -> None:
    assert "self._get_terminal_size()" in inspect.getsource(LinuxDriver.start_application_mode)
    assert "self._loop = " in inspect.getsource(Driver.__init__)


def test_the_driver_still_hears_of_a_resize_by_its_signal() -> None:
    assert "signal.signal(signal.SIGWINCH, on_terminal_resize)" in inspect.getsource(LinuxDriver.start_application_mode)


def test_the_application_still_ends_every_crash_in_one_method() -> None:
    assert list(inspect.signature(App._handle_exception).parameters) == ["self", "error"]
