#!/bin/bash
# Prints the address from which apt fetches a release of Debian. The builds of the root, the programs, the baseline and
# the Debian in conformance/ use it. usage: mirror.sh [RELEASE] (the default is bookworm)
set -euo pipefail
release=${1:-bookworm}
mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' |
  awk -v release="$release" '$2 == release && !found { found = 1; print $1 }')
[ -n "$mirror" ] || {
  echo "apt has no source for $release: add one in /etc/apt/sources.list, run apt-get update, and build again." >&2
  exit 1
}
echo "$mirror"
