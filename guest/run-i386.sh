#!/bin/bash
# Makes sure that this computer runs programs for i386: configure scripts run the programs that they compile. Kernels can
# have this switched off (ia32_emulation=). Then QEMU runs them, and they give the same results. Needs root and gcc-multilib.
# usage: run-i386.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
formats=/proc/sys/fs/binfmt_misc # binfmt_misc in the kernel's documentation

echo 'int main(void) { return 0; }' > "$work/test.c"
gcc -m32 -static -o "$work/test" "$work/test.c"
runs() { "$work/test" 2> /dev/null; }

! runs || exit 0
"$here/install-tools.sh" qemu-user-static
[ -e "$formats/register" ] || mount -t binfmt_misc binfmt_misc "$formats"
# The start of an ELF file for i386 that is a program, and which of its bits count. F opens QEMU now, for all roots.
magic='\x7fELF\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x03\x00'
mask='\xff\xff\xff\xff\xff\xfe\xfe\xfc\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
[ -e "$formats/i386" ] || echo ":i386:M::$magic:$mask:/usr/bin/qemu-i386-static:F" > "$formats/register"
runs || {
  echo 'guest:build: this computer runs no programs for i386, not even with QEMU. Start its kernel with ia32_emulation=on.' >&2
  exit 1
}
