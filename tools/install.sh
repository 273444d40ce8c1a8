#!/bin/sh
# Installs what is missing, by Debian package name; does nothing when nothing is missing.
# Usage: tools/install.sh build [tests] [browser] [fuzz] [lint]
set -eu

packages="gcc libc6-dev pkg-config meson ninja-build libsqlite3-dev libjansson-dev libmicrohttpd-dev coinor-libclp-dev"
for wanted in "$@"; do
    test "$wanted" = tests && packages="$packages libcmocka-dev python3"
    # These commands may come from elsewhere, as Node often does.
    test "$wanted" = browser && for command in chromium node npm; do
        name=$command
        test "$command" = node && name=nodejs
        command -v "$command" >/dev/null 2>&1 || packages="$packages $name"
    done
    test "$wanted" = fuzz && packages="$packages clang"
    test "$wanted" = lint && packages="$packages clang clang-tidy cppcheck"
done

missing=""
for package in $packages; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    test "$status" = installed || missing="$missing $package"
done
test -n "$missing" || exit 0

if test "$(id -u)" = 0; then
    as_root=""
elif command -v sudo >/dev/null 2>&1; then
    as_root="sudo"
else
    echo "tools/install.sh: missing packages:$missing; run as root, or install sudo" >&2
    exit 1
fi

echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# shellcheck disable=SC2086  # one word per package
$as_root apt-get install -q -y --no-install-recommends $missing
