#!/bin/bash
# Prints the Debian mirror that this machine uses, for the builds of the root, the programs and the baseline.
apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' |
  awk '$2 == "bookworm" { print $1; exit }'
