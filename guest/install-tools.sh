#!/bin/bash
# Installs the Debian packages that a build needs and this computer lacks. Needs root.
# usage: install-tools.sh PACKAGE…
set -euo pipefail
missing=()
for tool in "$@"; do
  # dpkg also knows packages that another package only suggests, so only the status shows that one is installed.
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$tool" 2> /dev/null)" = installed ] || missing+=("$tool")
done
[ "${#missing[@]}" = 0 ] && exit
apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
