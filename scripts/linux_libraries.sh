#!/bin/sh
# Install what the wheels expect of the system on Debian and Ubuntu, where it is missing.
# usage: linux_libraries.sh window|test|windows     (test adds a virtual screen; windows what sets Windows up)
set -eu
[ "$(uname -s)" = Linux ] || exit 0

# soname:package pairs; a library that is already there, from whatever distribution, needs no package
needed="libglib-2.0.so.0:libglib2.0-0 libbrotlidec.so.1:libbrotli1 libEGL.so.1:libegl1 libGL.so.1:libgl1
libX11.so.6:libx11-6 libdbus-1.so.3:libdbus-1-3 libfontconfig.so.1:libfontconfig1 libxkbcommon.so.0:libxkbcommon0
libX11-xcb.so.1:libx11-xcb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0
libwayland-client.so.0:libwayland-client0 libwayland-cursor.so.0:libwayland-cursor0
libwayland-egl.so.1:libwayland-egl1 libssl.so.3:libssl3"

PATH="$PATH:/usr/sbin:/sbin"
present=$(ldconfig -p 2>/dev/null || true)
missing=""
for pair in $needed; do
    case "$present" in
        *"${pair%%:*}"*) ;;
        *) missing="$missing ${pair#*:}" ;;
    esac
done
if [ "${1:-window}" = test ] && ! command -v Xvfb >/dev/null; then
    missing="$missing xvfb xauth"
fi
if [ "${1:-window}" = windows ]; then
    command -v mmdebstrap >/dev/null || missing="$missing mmdebstrap"
    command -v makensis >/dev/null || missing="$missing nsis"
fi
if ! command -v uv >/dev/null && ! python3 -c "import ensurepip" 2>/dev/null; then
    missing="$missing python3-venv" # without uv, Python's own tools fetch it
fi
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "The window may not open: your system lacks the libraries that Debian calls$missing." >&2
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "Some system libraries are missing. Type this once, then try again:" >&2
    echo "    sudo apt-get install$missing" >&2
    exit 1
fi
$as_root apt-get update -qq
# Ubuntu 24.04 renamed some packages (…t64); apt finds them by what they provide.
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
