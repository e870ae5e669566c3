#!/bin/bash
# Writes the index of a folder of manual pages, mandoc.db, with the makewhatis that the image contains.
# usage: index.sh PROGRAMS_FOLDER PAGES_FOLDER
#
# makewhatis is a 32-bit program and reads positions in directories as 32-bit numbers. Under QEMU (../../run-i386.sh),
# the positions of ext4 have 64 bits, and makewhatis finds no pages. So it gets a copy of the pages in memory (tmpfs),
# where the positions are small.
set -euo pipefail
# shellcheck disable=SC2016 # the arguments are those of the inner shell
unshare --mount bash -euc '
  mount -t tmpfs pages /mnt
  cp -a "$2/." /mnt/
  "$1/mdocml/usr/sbin/makewhatis" -T utf8 /mnt 2> /dev/null
  cp /mnt/mandoc.db "$2/"
' index "$1" "$2"
