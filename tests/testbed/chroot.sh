#!/bin/bash
# The current Home Assistant in a folder with its own Debian, for machines whose Python is too old.
# usage: sudo tests/testbed/chroot.sh FOLDER [VERSION]        takes 3 to 6 minutes and 2 GB
# Needs mmdebstrap and uv; pyspeex-noise, which Assist pipelines want, is compiled there.
# Afterwards: INGLENOOK_HOME_ASSISTANT_ROOT=FOLDER script/test (as root).
set -euo pipefail
root=${1:?a folder for the root, which is made anew}
version=${2:-2026.11.0}
suite=${INGLENOOK_SUITE:-forky} # the first Debian with Python 3.14
here=$(dirname "$(readlink -f "$0")")
uv=$(python3 -c 'import uv; print(uv.find_uv_bin())' 2>/dev/null || command -v uv || true) # no wrapper
here=$(dirname "$(readlink -f "$0")")
uv=$(python3 -c 'import shutil; print(shutil.which("uv") or "")')
[ "$(id -u)" = 0 ] || { echo "chroot.sh must run as root." >&2; exit 2; }
[ -n "$uv" ] || { echo "chroot.sh needs uv on PATH." >&2; exit 2; }
command -v mmdebstrap >/dev/null || { echo "chroot.sh needs mmdebstrap: apt install mmdebstrap" >&2; exit 2; }
if [ -e "$root" ] && [ ! -e "$root/.inglenook-testbed" ]; then
  echo "chroot.sh: $root exists and was not made by it: remove it yourself or name another." >&2; exit 2
fi

# The machine's own mirror and its own idea of how old a mirror may be.
mirror=$(awk '/^URIs:/ {print $2; exit} /^deb / {for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) {print $i; exit}}' \
  $(ls /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null))
stale=$(apt-config dump Acquire::Check-Valid-Until)

rm -rf "$root"
mmdebstrap --quiet ${stale:+--aptopt="$stale"} --variant=minbase \
  --include=ca-certificates,g++,python3,python3-dev,python3-venv "$suite" "$root" "$mirror"
touch "$root/.inglenook-testbed"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp "$uv" "$root/usr/local/bin/uv"
inside() {
  env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 UV_CACHE_DIR=/root/.uv \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt chroot "$root" "$@"
}
inside python3 -m venv --without-pip /opt/ha
inside uv pip install --quiet --python /opt/ha/bin/python "homeassistant==$version"
package=$(echo "$root"/opt/ha/lib/python3.*/site-packages/homeassistant)
python3 "$here/requirements.py" "$package" > "$root/root/requirements.txt"
cp "$package/package_constraints.txt" "$root/root/constraints.txt"
inside uv pip install --quiet --python /opt/ha/bin/python -c /root/constraints.txt -r /root/requirements.txt
rm -rf "$root/root/.uv" "$root"/var/cache/apt/archives/*.deb
echo "Home Assistant $version stands in $root."
