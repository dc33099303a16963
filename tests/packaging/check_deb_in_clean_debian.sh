#!/bin/sh
# check_deb_in_clean_debian.sh FOLDER_WITH_DEB: installs the package in a bare Debian 12 made by debootstrap, then runs
# the sample there without a network. Downloads some 300 MB: runs only as root with AMAYESH_SLOW_TESTS set, else skips.
set -eu
skip() { echo "skipped: $1"; exit 77; }
[ -n "${AMAYESH_SLOW_TESTS:-}" ] || skip "AMAYESH_SLOW_TESTS is not set"
[ "$(id -u)" -eq 0 ] || skip "not root"
command -v debootstrap >/dev/null || skip "no debootstrap"

deb=$(ls "$1"/amayesh_*.deb)
root=$(mktemp -d)
trap 'rm -rf --one-file-system "$root"' EXIT
debootstrap --variant=minbase bookworm "$root" ${AMAYESH_DEBIAN_MIRROR:+"$AMAYESH_DEBIAN_MIRROR"}
cp "$deb" "$root/tmp/"
chroot "$root" apt-get install -y --no-install-recommends "/tmp/$(basename "$deb")"
unshare --net chroot "$root" amayesh --version
unshare --net chroot "$root" amayesh gap /usr/share/amayesh/samples/khorasan_razavi/study.toml -o /tmp/result.gpkg
test -s "$root/tmp/result.gpkg"
