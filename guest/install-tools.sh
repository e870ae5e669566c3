#!/bin/bash
# Installs the packages of Debian that a build needs and this machine lacks. Needs root.
# usage: install-tools.sh PACKAGE…
set -euo pipefail
missing=()
for tool in "$@"; do
  # A package that another one only suggests is known, too, so its name alone proves nothing.
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$tool" 2> /dev/null)" = installed ] || missing+=("$tool")
done
[ "${#missing[@]}" = 0 ] && exit
apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
