#!/bin/bash
# Takes the comments out of settings that a manual page explains: what lies in /etc is part of each snapshot.
# usage: finish.sh LAYERS_FOLDER LAYER_ROOT
set -euo pipefail
find "$2"/etc/{default,login.defs,pam.d,security} -type f -exec sed -i '/^[[:space:]]*\(#\|$\)/d' {} +
