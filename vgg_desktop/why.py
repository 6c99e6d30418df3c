"""Every reason why something failed or is not used, once, with its English text."""

from collections.abc import Mapping
from enum import unique
from typing import Any

from vgg_desktop.reasons import Bytes, Reason, Text, Value


@unique
class Why(Text):
    """Every reason, by its identifier, with its English text."""

    # The operating system's errors about a file.
    SYSTEM_PERMISSION = "permission was denied"
    SYSTEM_NOT_PERMITTED = "the operation is not permitted"
    SYSTEM_IN_USE = "it is in use by another program; close that and try again"
    SYSTEM_NO_FILE = "there is no such file or folder"
    SYSTEM_IS_FOLDER = "it is a folder"
    SYSTEM_NOT_FOLDER = "part of its path is not a folder"
    SYSTEM_EXISTS = "a file of this name exists already"
    SYSTEM_NAME_TOO_LONG = "its name is too long"
    SYSTEM_READ_ONLY = "the disk is read-only"
    SYSTEM_DISK_FULL = "the disk is full"
    SYSTEM_QUOTA = "your quota on this disk is used up"
    SYSTEM_INPUT_OUTPUT = "the disk reports an input/output error"
    SYSTEM_TOO_MANY_FILES = "too many files are open"
    SYSTEM_TIMED_OUT = "the disk did not answer in time"
    SYSTEM_STALE = "the network drive has changed or was disconnected"
    SYSTEM_IMPOSSIBLE_NAME = "this name is not allowed for a file"
    SYSTEM_SAYS = "the system says: {text}"
    SYSTEM_UNKNOWN = "the system does not say why"
    # Messages of other libraries.
    LIBRARY = "{text}"
    # What is wrong with a file of any kind.
    FILE_EMPTY = "it is empty"
    FILE_BYTES = "it has {size}; the limit is {limit}"
    # Why a picture cannot be read.
    IMAGE_NOT_FILE = "it is not a regular file"
    IMAGE_OTHER = "it is {found}, not a picture of a supported kind ({kinds})"
    IMAGE_UNKNOWN = "it is not a picture of a supported kind ({kinds})"
    IMAGE_NO_DECODER = "{kind} pictures cannot be decoded on this system; save it as JPEG and try again"
    IMAGE_UNSAFE_PIXELS = "it has more pixels than are safe to decode"
    IMAGE_SIDE = "it has {width} x {height} pixels; no side may have more than {limit}"
    IMAGE_MEMORY = "there is not enough memory to decode it"
    IMAGE_TIME = "it takes more than {seconds} seconds to decode"
    IMAGE_METADATA = "its text or colour profile is too large to unpack"
    IMAGE_DAMAGED = "it is damaged, or of a rare variant that is not supported"
    IMAGE_CUT_OFF_AT = "it is cut off after about {percent} %"
    IMAGE_CUT_OFF = "it is cut off"
    # What is used of a file with more than one picture.
    IMAGE_FIRST_PAGE = "it has several pages, and only the first one is used"
    IMAGE_ONE_OF_SEVERAL = "it contains several pictures, and only the main one is used"
    IMAGE_REDUCED = "it is very large, and is decoded at a part of its size"
    IMAGE_ONE_FRAME = "it is an animation, and only one frame is used"
    # What a file is, instead of a picture or a network.
    FOUND_PDF = "a PDF document"
    FOUND_ARCHIVE = "an archive or an office document"
    FOUND_JPEG_XL = "a JPEG XL picture"
    FOUND_CAMERA_RAW = "a camera raw file"
    FOUND_PHOTOSHOP = "a Photoshop document"
    FOUND_ICON = "an icon"
    FOUND_POSTSCRIPT = "a PostScript document"
    FOUND_VIDEO = "a video or a picture of another kind"
    FOUND_WEB_PAGE = "a web page"
    FOUND_SVG = "an SVG drawing"
    FOUND_GIT_LFS = "a Git LFS pointer"
    FOUND_SERVER_ERROR = "an error message of the server"
    FOUND_XML = "an XML document"
    FOUND_JSON = "a JSON document"
    # Why something could not be fetched.
    HTTP_REFUSED = "the server refused the connection"
    HTTP_BROKE_OFF = "the connection was interrupted"
    HTTP_NO_HOST = "the server's name was not found, perhaps because there is no connection"
    HTTP_TIMEOUT = "the server did not answer in time"
    HTTP_LOST = "the network connection was lost"
    HTTP_OFFLINE = "there is no network connection"
    HTTP_REDIRECT_LOOP = "the server redirects in a circle"
    HTTP_REDIRECT_INSECURE = "the server redirects to an address without encryption"
    HTTP_PROXY_REFUSED = "the proxy refused the connection"
    HTTP_PROXY_CLOSED = "the proxy closed the connection"
    HTTP_PROXY_NOT_FOUND = "the proxy's name was not found"
    HTTP_PROXY_TIMEOUT = "the proxy did not answer in time"
    HTTP_PROXY_PASSWORD = "the proxy requires a user name and a password"
    HTTP_PROTOCOL = "the address begins neither with https:// nor with http://"
    HTTP_INVALID = "the server's answer could not be understood"
    HTTP_CERTIFICATE = "the server's certificate is not trusted here ({text})"
    HTTP_STALLED = "nothing arrived for {seconds} seconds"
    HTTP_TOO_SLOW = "it sends less than {speed} per second"
    HTTP_STATUS = "the server answered {status}"
    HTTP_COMPRESSED = "the server sent the file compressed ({encoding}), which was not requested"
    HTTP_OTHER_PART = "the server sent a different part of the file than was requested"
    HTTP_EMPTY = "the server sent nothing"
    HTTP_WAITING = "{reason}; attempt {attempt} of {attempts} at {host} in {seconds} s"
    HTTP_CHECKSUM = "the checksum is wrong"
    HTTP_ONCE_MORE = "the checksum is wrong; trying {host} once more, from the start"
    HTTP_NEXT = "{reason}; trying {host}"
    HTTP_NOR_OTHERS = "{reason}; nor could it be downloaded from {hosts}"
    HTTP_TOO_LARGE = "it has more than {limit}"
    UPDATE_UNEXPECTED = "the answer is not what was expected"
    LINK_OFF = "your administrator has switched this off"
    LINK_NOT_PICTURE = "it is {found}, not a picture"
    LINK_UNKNOWN = "it is not a picture of a supported kind"
    # What was expected and found where a file is not the published one.
    CONTENT_BYTES = "{count} bytes"
    CONTENT_SHA256 = "SHA-256 {digest}"
    CONTENT_CHANGED = "a different one (the file changed meanwhile)"
    # Why a file cannot be used as a network.
    ONNX_SHORTER = "it was truncated while it was read"
    ONNX_CUT_OFF = "it is cut off or is not an ONNX file"
    ONNX_DAMAGED = "it is damaged or is not an ONNX file"
    ONNX_WEIGHTS_CUT_OFF = "the weights {name} are cut off"
    ONNX_NESTED = "its graph is nested too deeply"
    ONNX_SPARSE = "it uses sparse weights, which are not supported"
    ONNX_TOO_MANY_PARTS = "it has too many parts to be an image classifier"
    ONNX_FUNCTIONS = "its functions call each other too many times"
    ONNX_COMPILED = "a part of it is compiled for one kind of device"
    ONNX_NO_TEXT = "a name in it is not UTF-8 text"
    ONNX_NO_TENSOR = "it has no result named {name}"
    ONNX_BEYOND_SINGLE = "some of its weights are too large for 32-bit floating-point numbers"
    ONNX_DOUBLE_ONLY = "its operation {name} needs 64-bit floating-point numbers"
    NETWORK_ONNXRUNTIME = "onnxruntime says: {text}"
    RUNTIME_CRASH = "it crashes as soon as it is loaded"
    NETWORK_CRASH = "it makes onnxruntime crash"
    NETWORK_TIME = "onnxruntime had not finished with it after {seconds} s"
    NETWORK_MEMORY = "it takes more than {limit} of memory"
    NETWORK_NO_MEMORY = "there is not enough memory to load it"
    NETWORK_OUTPUTS = "it has {count} outputs, and none of them is one row of numbers for each picture"
    NETWORK_INPUTS = "a classifier has one input, the picture, and this network has {count}"
    NETWORK_OUTPUT_SHAPE = "its output has the shape {shape}, not one row of classes per picture"
    NETWORK_NOT_FINITE = "its results are not finite numbers"
    NETWORK_INPUT_TYPE = "its input is {type}; floating-point numbers or bytes would work"
    NETWORK_INPUT_DIMENSIONS = "its input has {count} dimensions, and a batch of pictures has four"
    NETWORK_CHANNELS = "its input has {count} channels; a picture has three, or one in grey"
    NETWORK_LABELS = "it returns {classes} classes, and its labels name {labels}"
    NETWORK_WIDTH = "its input is {side} pixels wide; the limit is {limit}"
    NETWORK_INPUT_BYTES = "its input takes {size}; the limit is {limit}"
    NETWORK_DAMAGED = "it is damaged; remove it and import it again"
    # Why a file cannot be imported without more details.
    IMPORT_OUTSIDE = "it refers to {name} outside its own folder"
    IMPORT_OUTSIDE_UNNAMED = "it refers to a file outside its own folder"
    IMPORT_WEIGHTS_MISSING = "its weights are missing: {name} is not beside it"
    IMPORT_RESERVED_NAME = "its weights are in {name}, a name that the app needs itself; rename that file"
    IMPORT_BAD_ID = "`{id}` is not an id; use small letters, digits, dots and dashes"
    IMPORT_ID_TAKEN = "the id {id} is taken; choose another with --id"
    IMPORT_KNOWN = "it is {title}, which the app knows: its own id, labels and preprocessing are used"
    IMPORT_CROP = "its input is {width} x {height} pixels, and `crop` says {crop}"
    IMPORT_CHANNELS = "its input has {count} channels, and `channels` says {channels}"
    IMPORT_FLAT = "its input is a row of {count} numbers; preprocessing with the height and width is needed"
    IMPORT_FLAT_SIZE = "its input is a row of {count} numbers, and preprocessing makes {shape}"
    IMPORT_BYTES = "its input takes whole numbers from 0 to 255; `scale` must be 1, without `mean` and `std`"
    IMPORT_NEEDS_LABELS = "it has {classes} classes, not ImageNet's 1000; labels are needed"
    IMPORT_NEEDS_PREPROCESSING = "it has {classes} classes, not ImageNet's 1000; preprocessing is needed"
    IMPORT_NEEDS_BOTH = "it has {classes} classes, not ImageNet's 1000; labels and preprocessing are needed"
    IMPORT_NEEDS_FOLDER = (
        "its classes are not ImageNet's; to find its preprocessing, a folder of pictures with one sub-folder per "
        "class is needed"
    )
    IMPORT_LABEL_COUNT = "it has {classes} classes, and the labels name {labels}"
    IMPORT_SMALL_INPUT = "its input is only {side} pixels wide; preprocessing is needed"
    IMPORT_OUTPUTS = "its outputs are {found}, and not {said} as `outputs` says"
    FOUND_CHANNELS_LAST = "its colour channels are last"
    FOUND_GREY = "it takes grey pictures"
    FOUND_BYTES = "it takes bytes, from 0 to 255"
    FOUND_SINGLE = "it computes in double precision, and runs in single precision"
    FOUND_BATCH = "pictures are run {count} at a time; that its header allows more is not true"
    FOUND_OUTPUT = "of its {count} outputs, {name} is used"
    FOUND_PERCENT = "its outputs are percent"
    FOUND_INDEPENDENT = "its classes do not exclude each other: each has a probability of its own"
    FOUND_BINARY = "its one output is the probability of the second class"
    FOUND_BACKGROUND = "its first class is taken for the background, followed by ImageNet's 1000"
    FOUND_LABELS = "its labels are taken from {file}"
    FOUND_PREPROCESSING = "its preprocessing is taken from {file}"
    ASSUMED_LABELS = "it has 1000 classes, which are taken for ImageNet's"
    ASSUMED_PREPROCESSING = (
        "its preprocessing is taken for the usual one of ImageNet networks: {preprocessing}"
    )
    # Why an archive holds no network that can be imported.
    ARCHIVE_DAMAGED = "the archive is damaged or cut off"
    ARCHIVE_EMPTY = "the archive is empty"
    ARCHIVE_PASSWORD = "the archive has a password; unpack it and import the ONNX file"
    ARCHIVE_METHOD = "the archive is compressed in a rare way; unpack it and import the ONNX file"
    ARCHIVE_NAME = "the archive holds a file whose name is unsafe: {name}"
    ARCHIVE_LINK = "the archive holds a link: {name}"
    ARCHIVE_FILES = "the archive holds more than {limit} files; unpack it and import the ONNX file"
    ARCHIVE_SIZE = "the archive unpacks to {size}; the limit is {limit}"
    ARCHIVE_SEVERAL = "the archive holds several ONNX files ({names}); unpack it and import one of them"
    ARCHIVE_OTHER = (
        "the archive holds a network of {program} ({name}) and no ONNX file; {converter} can make one from it"
    )
    ARCHIVE_NO_NETWORK = "the archive holds no ONNX file, but {names}"
    # How pictures are prepared for a network, and what was found out about it.
    PREPARED = "{values}, channels {channels}; {geometry}, {interpolation} interpolation"
    PREPARED_CROPPED = "resized to cover {resize} and cropped to {crop}"
    PREPARED_SQUASHED = "squashed to {resize} and cropped to {crop}"
    VALUES_IMAGENET = "the mean and standard deviation of ImageNet"
    VALUES_SYMMETRIC = "values from -1 to 1"
    VALUES_UNIT = "values from 0 to 1"
    VALUES_BYTES = "values from 0 to 255"
    VALUES_CAFFE = "values up to 255 less the mean of ImageNet"
    VALUES_LITE = "values less 127, divided by 128"
    VALUES_OTHER = "values divided by {scale}, less {mean}, divided by {std}"
    PREPROCESSING_FITS = (
        "its preprocessing fits: right on {right} of {count} known pictures, with {percent} % for the right class on "
        "average"
    )
    PREPROCESSING_BETTER = (
        "another preprocessing fits better: right on {right} of {count} known pictures, with {percent} % for the right "
        "class on average, and the one in use on {usual}, with {usual_percent} %; the better one is: {preprocessing}"
    )
    PREPROCESSING_FOUND = (
        "a better preprocessing was found by trial: right on {right} of {count} known pictures, with {percent} % for "
        "the right class on average, and the usual one on {usual}, with {usual_percent} %; it is: {preprocessing}"
    )
    PREPROCESSING_NONE_FITS = (
        "no usual preprocessing fits: right on {right} of {count} known pictures at best"
    )
    # Why a device is not used.
    DEVICE_MISSING = "it was not found on this computer"
    DEVICE_NOT_ACTIVATED = "it could not be activated"
    DEVICE_DIFFERS = "its scores differ from the CPU's by {percent} %"
    DEVICE_BATCH_DIFFERS = "a batch gets different scores than single pictures"
    DEVICE_SAME_ANSWER = "it returned the same scores for different pictures"
    DEVICE_SAME_NUMBER = "it returned the same score for every class"
    DEVICE_TOO_SLOW = "it takes {seconds} s for one picture"
    DEVICE_UNFINISHED = "the program ended during its self-test"
    DEVICE_BUSY = "another VGG Desktop is testing it"
    DEVICE_REMOVED = "its driver stopped or was restarted ({code})"
    DEVICE_RESTART = "its driver stopped or was restarted earlier; start the program again to use it"
    DEVICE_MEMORY = "there is not enough memory on it for this network"
    DEVICE_SLOWER = "it is slower than the CPU on this computer"
    DEVICE_NO_DRIVER = "the NVIDIA driver was not found"
    DEVICE_NO_CARD = "no NVIDIA graphics card was found"
    DEVICE_DRIVER_START = "the NVIDIA driver did not start (error {code})"
    DEVICE_DRIVER_OLD = "the NVIDIA driver supports CUDA up to {supported}, and CUDA {needed} is needed"
    DEVICE_NO_CUDNN = "cuDNN {version} was not found"
    DEVICE_NO_TENSORRT = "TensorRT {version} was not found"
    DEVICE_NO_CUDA_LIBRARY = "CUDA's library {name} was not found"
    DEVICE_NO_LIBRARY = "the library {name} was not found"
    DEVICE_NO_SOME_LIBRARY = "a library that onnxruntime needs for it was not found"
    DEVICE_NO_DIRECTX = "no graphics card with DirectX 12 was found"
    DEVICE_LOCKED = "your administrator has chosen another device"
    DEVICE_NO_OTHER = "the installed onnxruntime runs networks on the CPU only"
    RUNTIME_GONE = "its files are missing, as after uninstalling one of two builds of it"
    RUNTIME_CONFLICT = (
        "several builds of onnxruntime are installed at once ({names}) and overwrite each other, "
        "so uninstall all of them and install only one"
    )
    # Why a network has no form of a kind.
    FORM_NOT_SEQUENTIAL = "it is not a sequential network as VGG networks are"
    FORM_PICTURES = "it is for square colour pictures only"
    FORM_EXTERNAL_WEIGHTS = "its weights are in a separate file"
    FORM_WEIGHT_TYPE = "its weights are not 32-bit floating-point numbers"
    FORM_NOT_MADE = "it has not been prepared on this computer yet"
    FORM_NOT_FASTER = "it is not faster on this computer"
    FORM_CPU_ONLY = "it runs on the CPU only"
    FORM_NOT_ON_CPU = "it does not run on processors"
    FORM_SHARED = "the network is in a shared folder, which is only read"
    FORM_BUNDLED = "the network is small and part of the app"
    FORM_EXACT = "it is a form of the precision exact, not of fast"
    FORM_BUSY = "the computer was too busy to measure how fast it is"
    FORM_NOT_SAME = "its scores differ from those of the published file"
    # Why a file of descriptions or labels cannot be used.
    TABLE_MISSING_KEY = "{where} lacks `{key}`"
    TABLE_TYPE = "`{key}` of {where} has the wrong type"
    TABLE_CHOICE = "`{key}` of {where} must be one of {choices}"
    TABLE_UNKNOWN_KEY = "{where} has an unknown key `{key}`"
    TABLE_NUMBERS = "`{key}` must be a number, or one number for each channel"
    TABLE_SIZES = "{where} needs 1 <= crop <= resize <= 4096"
    TABLE_SCALE = "`scale` of {where} divides the pixels: write 255 for values from 0 to 1"
    TABLE_STD = "`std` of {where} must be positive"
    TABLE_PRESET = "model {id} names an unknown preprocessing `{name}`"
    TABLE_ID = "`{id}` is not an id: small letters, digits, dots and dashes"
    TABLE_FILE = "`file` of model {id} must be a plain name that ends in .onnx"
    TABLE_SHA256 = "`sha256` of model {id} must have 64 hexadecimal digits"
    TABLE_POSITIVE = "`bytes` of model {id} must be positive"
    TABLE_ADDRESSES = "`addresses` of model {id} must be https:// or http:// addresses"
    TABLE_NO_ADDRESSES = "model {id} has no `addresses`"
    TABLE_ID_TAKEN = "the id `{id}` is taken"
    TABLE_NOT_TABLE = "{where} must be a table"
    TABLE_NESTED = "it is nested too deeply"
    TABLE_NOT_UTF8 = "it is not UTF-8 text; save it as UTF-8 and try again"
    PREPROCESSING_NONE = (
        "it says nothing about the preprocessing; a preprocessor_config.json of Hugging Face, a config.json of timm "
        "or a TOML file would work"
    )
    PREPROCESSING_UNSUPPORTED = "`{key}` = {value} is not supported"
    LABELS_TOO_FEW = "it needs at least two classes, one per line"
    LABELS_TOO_MANY = "it names more than {limit} classes"
    LABELS_OTHER = "it is {found}, not a file of class names"
    LABELS_NOT_TEXT = "it is not text; class names are read from text, CSV, JSON and YAML"
    LABELS_EMPTY_NAME = "the name of class {index} is empty"
    LABELS_INDEX_TWICE = "its classes have indices, and {index} occurs twice"
    LABELS_INDEX_START = "its classes have indices from {index} on; they must begin at 0 or 1"
    LABELS_INDEX_GAP = "its classes have indices, and {index} is missing"
    LABELS_INDEX_MISSING = (
        "most of its lines begin with an index, but not line {number}; all or none must have one"
    )
    LABELS_NUMBERS = (
        "it is not clear whether the numbers in its lines are indices or belong to the names; "
        "write an index from 0 on and a tab before each name"
    )
    LABELS_KEY_TWICE = "`{key}` occurs twice in it"
    LABELS_COLUMNS = (
        "it is a table of {count} columns, and it is not clear which one has the names; "
        "name the columns in a first line, such as index,label"
    )
    LABELS_RAGGED = "it is a table, and line {number} has {count} columns instead of {expected}"
    LABELS_STRUCTURE = "it looks like JSON or Python, but cannot be read: {text}"
    LABELS_NO_NAMES = (
        "it is JSON or Python without class names; "
        "a list of names, names by index, or indices by name would work"
    )
    LABELS_YAML = "it is YAML, but has no simple list of names, with or without indices, under `names:`"
    LABELS_LINE = "line {number} is not a class name: {text}; write one name per line"
    # Why a folder cannot be used to evaluate a network.
    FOLDER_UNREADABLE = "none of its pictures could be read"
    FOLDER_NO_CLASS = "{name} is not a class of this network"
    FOLDER_AMBIGUOUS = "{name} is the name of one class and the index of another"
    FOLDER_SHARED = "{name} is the name of several classes"
    FOLDER_NO_FOLDERS = "it has no sub-folders"
    FOLDER_NO_PICTURES = "its sub-folders contain no pictures"
    HISTORY_NEWER = "it was written by a newer version of VGG Desktop"


def reason_from_json(data: Any) -> Reason:  # noqa: ANN401 - JSON
    """Return the reason that `Reason.as_json` described. Raises `ValueError` for anything else."""
    if not isinstance(data, Mapping) or not isinstance(data.get("values", {}), Mapping):
        raise ValueError("not a reason")
    values = {str(name): _value_from_json(value) for name, value in data.get("values", {}).items()}
    try:
        return Why[str(data.get("id")).upper().replace("-", "_")](**values)
    except (KeyError, TypeError) as error:
        raise ValueError("an unknown reason, or one without its values") from error


def _value_from_json(value: Any) -> Value:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        size = value.get("bytes")
        return Bytes(size) if isinstance(size, int) else reason_from_json(value)
    if not isinstance(value, str | int | float):
        raise ValueError("not a value of a reason")
    return value
