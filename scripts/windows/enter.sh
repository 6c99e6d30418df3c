#!/bin/sh
# Run a command in a copy of the prepared Debian with Wine, of which nothing is kept but what it writes to the project.
# usage, in a mount and process namespace of its own: enter.sh DEBIAN CHANGES PROJECT COMMAND...
#        (CHANGES is an empty folder for what is written; SCREEN and GRAPHICS are described in computer.py)
set -eu
debian=$1 changes=$2 project=$3
shift 3
root=$changes/root
mkdir -p "$changes/written" "$changes/work" "$root"
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$debian,upperdir=$changes/written,workdir=$changes/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys" # onnxruntime counts the processor's cores there
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mkdir -m 1777 "$root/tmp/.X11-unix"
mount --bind "$project" "$root/project"
mount --bind "${debian%/*}/bytecode" "$root/bytecode"
# Wine removes variables that begin with QT_.
exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 DISPLAY=:1 SCREEN="${SCREEN:-1366x768}" GRAPHICS="${GRAPHICS:-yes}" \
    PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/lib/x86_64-linux-gnu/wine \
    WINEPREFIX=/windows/prefix WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml,winedbg.exe,winemenubuilder.exe= \
    PYTHONPYCACHEPREFIX='Z:\bytecode' ORT_DISABLE_TELEMETRY=1 sh -c '
        Xvfb :1 -ac -nolisten tcp -nolisten local -screen 0 "${SCREEN}x24" 2>/dev/null &
        until [ -S /tmp/.X11-unix/X1 ]; do sleep 0.1; done
        openbox >/dev/null 2>&1 &
        cd /project
        "$@"
        result=$?
        wineserver --kill
        exit $result' sh "$@"
