"""The usual ways in which training scales the colours of pictures, by name."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from vgg_desktop.models.catalog import IMAGENET_PREPROCESSING, Channels, Preprocessing

translate = QCoreApplication.translate
CUSTOM = "custom"  # numbers that are none of the presets
_NEAR = 1e-4  # of the numbers of a preset: files round them


@dataclass(frozen=True, slots=True)
class Scaling:
    """How pixels become numbers: `(pixel / scale - mean) / std`, for each of `channels`."""

    scale: float
    mean: tuple[float, ...]
    std: tuple[float, ...]
    channels: Channels = "RGB"

    def for_channels(self, channels: Channels) -> "Scaling":
        """Return the same with other channels. Those of grey pictures have one number, which all share."""
        count = 1 if channels == "grey" else 3
        return replace(self, mean=self.mean[:1] * count, std=self.std[:1] * count, channels=channels)

    @property
    def is_uniform(self) -> bool:
        """Whether all channels have the same numbers, and so grey pictures can have them too."""
        return len({*self.mean}) == len({*self.std}) == 1

    def matches(self, preprocessing: Preprocessing) -> bool:
        """Return whether a preprocessing scales so, whatever its sizes."""
        own = self.for_channels("grey") if self.is_uniform and preprocessing.channels == "grey" else self
        there = (preprocessing.scale, *preprocessing.mean, *preprocessing.std)
        numbers = (own.scale, *own.mean, *own.std)
        return (
            own.channels == preprocessing.channels
            and len(numbers) == len(there)
            and all(abs(a - b) <= _NEAR * max(1.0, abs(a)) for a, b in zip(numbers, there, strict=True))
        )


PRESETS = {
    "imagenet": Scaling(255.0, IMAGENET_PREPROCESSING.mean, IMAGENET_PREPROCESSING.std),
    "symmetric": Scaling(255.0, (0.5,) * 3, (0.5,) * 3),
    "unit": Scaling(255.0, (0.0,) * 3, (1.0,) * 3),
    "bytes": Scaling(1.0, (0.0,) * 3, (1.0,) * 3),
    # The means of ImageNet's pixels with which Caffe's networks were trained, blue first.
    "caffe": Scaling(1.0, (103.939, 116.779, 123.68), (1.0,) * 3, "BGR"),
}


def scaling_of(preprocessing: Preprocessing) -> Scaling:
    """Return how a preprocessing scales colours."""
    return Scaling(preprocessing.scale, preprocessing.mean, preprocessing.std, preprocessing.channels)


def preset_of(preprocessing: Preprocessing) -> str:
    """Return the preset that a preprocessing has, or `CUSTOM`."""
    return next((id for id, scaling in PRESETS.items() if scaling.matches(preprocessing)), CUSTOM)


def preset_title(id: str) -> str:
    """Return the name of a preset in the user's language."""
    titles = {
        "imagenet": translate("Presets", "ImageNet: mean and deviation"),
        "symmetric": translate("Presets", "Colours from -1 to 1"),
        "unit": translate("Presets", "Colours from 0 to 1"),
        "bytes": translate("Presets", "Colours from 0 to 255"),
        "caffe": translate("Presets", "BGR with means (Caffe)"),
        CUSTOM: translate("Presets", "Custom"),
    }
    return titles[id]


def preset_hint(id: str) -> str:
    """Return which networks have a preset."""
    hints = {
        "imagenet": translate("Presets", "As torchvision, timm and most networks made with PyTorch."),
        "symmetric": translate("Presets", "As Teachable Machine, MobileNet and Inception of Keras."),
        "unit": translate("Presets", "As many networks of one's own, and Ultralytics."),
        "bytes": translate(
            "Presets", "As networks that scale the colours themselves, such as EfficientNet of Keras."
        ),
        "caffe": translate("Presets", "As VGG and ResNet of Keras, and networks made with Caffe."),
    }
    return hints.get(id, "")
