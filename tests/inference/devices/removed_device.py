"""A device of DirectML that is removed between the first picture and the second: CODE PICTURE...

A program of its own, since a device stays removed until the process ends.
"""

import sys
from pathlib import Path

from tests.support.direct3d import Direct3D, directml
from vgg_desktop.inference.batch import classify_many
from vgg_desktop.inference.devices.failover import DeviceLost
from vgg_desktop.inference.devices.listing import CPU
from vgg_desktop.inference.devices.measuring import find_measurement, measure
from vgg_desktop.inference.devices.self_test import find_verdict
from vgg_desktop.inference.opening import open_classifier
from vgg_desktop.inference.results import Classification, Skipped
from vgg_desktop.models.catalog import find, load_catalog
from vgg_desktop.models.store import ModelStore
from vgg_desktop.why import Why


def main(code: str, pictures: list[Path]) -> None:
    """Assert what the app does."""
    device, faults = directml(), Direct3D()
    assert device is not None
    starter = ModelStore().get(find(load_catalog(), "starter"))
    told: list[DeviceLost] = []
    classifier = open_classifier(starter, device, on_lost=told.append)
    assert classifier.device == device
    results: list[Classification] = []
    for answer in classify_many(classifier, pictures, lambda path: path, 3):
        assert isinstance(answer.outcome, Classification), answer.outcome
        results.append(answer.outcome)
        faults.removed = int(code, 16)
    reason = Why.DEVICE_REMOVED(code=code)
    assert [each.path for each in results] == pictures
    assert [each.device for each in results] == [device.id] + [CPU.id] * (len(pictures) - 1)
    assert told == [DeviceLost(device, reason)], told
    assert classifier.fallback == (Skipped(device, reason),)
    assert faults.calls["Signal"] == 1, faults.calls  # it was left at once, not tried with fewer pictures
    exact = open_classifier(starter, CPU)
    for each in results:
        expected = exact.classify_file(each.path, 3).predictions
        assert [one.index for one in each.predictions] == [one.index for one in expected]
    # It cannot be used any more; that is not kept, because the next process can.
    del classifier
    again = open_classifier(starter, device, may_fall_back=True)
    assert again.device == CPU
    assert again.fallback == (Skipped(device, Why.DEVICE_RESTART()),)
    assert find_verdict(starter, device, "exact") is None
    assert measure(starter, device, "exact").reason == Why.DEVICE_RESTART()
    assert find_measurement(starter, device, "exact") is None
    sys.stdout.write("all right")


if __name__ == "__main__":
    main(sys.argv[1], [Path(each) for each in sys.argv[2:]])
