"""A device has a profile: its scans are read by it, it is shown and kept with each of them (SCN-104)."""

from dataclasses import replace

from domain.site import DeviceProfile, SiteHead
from tests.tui.session.hand import Floor


def give_profiles(floor: Floor, **profiles: DeviceProfile) -> None:
    head = floor.house.one(SiteHead, 1)
    assert head is not None
    floor.house.keep(replace(head, scanning=replace(head.scanning, profiles=profiles)))


def test_scans_are_read_by_the_profile_of_the_device_which_is_shown_and_kept(floor: Floor) -> None:
    give_profiles(floor, dock=DeviceProfile(prefix=("!!",)))
    hand = floor.hand(profile="dock")
    assert hand.view.profile == "dock"
    hand.signs_in("ANNA")
    hand.types("8")

    view = hand.scans("!!B:W-01")

    assert (view.error, view.profile) == (None, "dock")
    assert (floor.scans()[-1].profile, floor.scans()[-1].outcome) == ("dock", "accepted")


def test_a_changed_profile_reads_the_next_scan(floor: Floor) -> None:
    hand = floor.hand(profile="dock")
    hand.signs_in("ANNA")
    hand.types("8")
    hand.scans("!!B:W-01")
    assert floor.scans()[-1].outcome == "refused"

    give_profiles(floor, dock=DeviceProfile(prefix=("!!",)))
    hand.scans("!!B:W-01")

    assert floor.scans()[-1].outcome == "accepted"
