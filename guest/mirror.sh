#!/bin/bash
# Prints the Debian mirror that this machine uses, for the builds of the root, the programs and the baseline.
set -euo pipefail
mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' |
  awk '$2 == "bookworm" && !found { found = 1; print $1 }')
[ -n "$mirror" ] || {
  echo 'apt has no source for bookworm: add one in /etc/apt/sources.list, run apt-get update, and build again.' >&2
  exit 1
}
echo "$mirror"
