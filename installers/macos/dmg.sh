#!/bin/sh
# Make a disk image of `build/bundle/VGG Desktop.app`.
# usage: dmg.sh VERSION
# With MACOS_IDENTITY (a Developer ID in the keychain) the application is signed for the hardened runtime; with
# MACOS_NOTARY_PROFILE too (made by `xcrun notarytool store-credentials`) Apple is asked to notarise the image.
set -eu
cd "$(dirname "$0")/../.."
version="$1"
app="build/bundle/VGG Desktop.app"
image="dist/VGG-Desktop-$version-macos-$(uname -m).dmg"
stage="build/dmg"

if [ -n "${MACOS_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$MACOS_IDENTITY" \
        --entitlements installers/macos/entitlements.plist "$app"
    codesign --verify --deep --strict "$app"
else
    echo "The application is not signed: MACOS_IDENTITY is not set." >&2
fi

rm -rf "$stage" "$image"
mkdir -p "$stage" dist
ditto "$app" "$stage/VGG Desktop.app"
ln -s /Applications "$stage/Applications"
hdiutil create -quiet -volname "VGG Desktop" -srcfolder "$stage" -format ULFO -fs HFS+ "$image"

if [ -n "${MACOS_IDENTITY:-}" ] && [ -n "${MACOS_NOTARY_PROFILE:-}" ]; then
    codesign --force --timestamp --sign "$MACOS_IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$MACOS_NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
