#!/bin/sh
# check_deb.sh BUILD_DIR WORK_DIR: makes the package, unpacks it, runs the sample from there without a network.
set -eu
build=$1 work=$2
rm -rf "$work"
mkdir -p "$work"
cd "$work"

cpack --config "$build/CPackConfig.cmake" -G DEB -B "$work"
deb=$(ls "$work"/amayesh_*.deb)
dpkg-deb --info "$deb"
depends=$(dpkg-deb --field "$deb" Depends)
for library in libgdal libgeos libproj libicu libc6; do
    case $depends in *"$library"*) ;; *) echo "the package does not depend on $library" >&2; exit 1 ;; esac
done

dpkg-deb --extract "$deb" "$work/root"
command=$work/root/usr/bin/amayesh
if ldd "$command" | grep 'not found'; then exit 1; fi
for page in amayesh amayesh-gap amayesh-run; do
    test -s "$work/root/usr/share/man/man1/$page.1"
done
bash -n "$work/root/usr/share/bash-completion/completions/amayesh"
without_network=
if unshare --map-root-user --net true 2>/dev/null; then
    without_network="unshare --map-root-user --net"
fi
$without_network "$command" --version
$without_network "$command" gap "$work/root/usr/share/amayesh/samples/khorasan_razavi/study.toml" -o "$work/result.gpkg"
test -s "$work/result.gpkg"
$without_network "$command" report "$work/root/usr/share/amayesh/samples/khorasan_razavi/study.toml" -o "$work/report.html"
test -s "$work/report.html"
grep -q "SIL Open Font License" "$work/root/usr/share/doc/amayesh/NOTICE"
