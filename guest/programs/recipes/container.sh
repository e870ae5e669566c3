# A root and a bundle (the OCI's runtime-spec) for cells that are not about making them: crun run --bundle …
root=$built/usr/share/course/bundle/rootfs
mkdir -p "$root"/{bin,dev,etc,proc,root,sys,tmp,usr/bin,var}
chmod 1777 "$root/tmp"
cp -p "$result/busybox/usr/bin/busybox" "$root/bin/"
for name in $("$root/bin/busybox" --list); do [ "$name" = busybox ] || ln -s busybox "$root/bin/$name"; done
printf 'root:x:0:0:root:/root:/bin/sh\n' > "$root/etc/passwd"
printf 'root:x:0:\n' > "$root/etc/group"
# crun executes a copy of itself in memory unless its file is on a read-only file system. QEMU (../../run-i386.sh)
# cannot execute that copy, so the folder of crun is mounted read-only here.
unshare --mount bash -c 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && cd "$2" && "$1/crun" spec' \
  container "$result/crun/usr/bin" "$built/usr/share/course/bundle"
sed -i 's/"terminal": true/"terminal": false/; s/"readonly": true/"readonly": false/' "$built/usr/share/course/bundle/config.json"
