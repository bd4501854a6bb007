import subprocess
import sys

from tui.holder import is_alive, this_process


def test_the_running_process_is_alive():
    assert is_alive(this_process())


def test_a_process_that_ended_is_gone():
    ended = subprocess.run(
        [sys.executable, "-c", "from tui.holder import this_process; print(this_process())"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert not is_alive(ended)


def test_another_process_under_the_same_number_is_not_the_holder():
    host, number, started = this_process().split(" ")

    assert not is_alive(f"{host} {number} {int(started) + 1}")


def test_a_holder_of_another_host_counts_as_gone():
    assert not is_alive("elsewhere 1 1")
