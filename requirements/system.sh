#!/bin/sh
# Brings the system packages that no wheel brings: Pango for PDF ("pdf"), a Chromium for the browser tests ("browser").
# As root on Debian or Ubuntu it installs them; elsewhere it never calls sudo but says what to install.
set -eu

case "${1:-}" in
pdf)
    purpose="PDF reports need Pango"
    packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    PATH="$PATH:/sbin:/usr/sbin" # where Debian has ldconfig, which is not on a user's path
    present() { ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0.so.0 || command -v pango-view >/dev/null 2>&1; }
    ;;
browser)
    purpose="the browser tests need Chromium"
    packages="chromium"
    present() {
        for name in chromium chromium-browser google-chrome; do
            command -v "$name" >/dev/null 2>&1 && return 0
        done
        test -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    }
    ;;
*)
    echo "usage: system.sh pdf|browser" >&2
    exit 2
    ;;
esac

present && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing system packages: $packages ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # a list of names, to be split
    apt-get install -qq -y --no-install-recommends $packages >/dev/null
else
    echo "note: $purpose. Install it with your system's package manager (Debian, Ubuntu: apt-get install $packages)." >&2
fi
