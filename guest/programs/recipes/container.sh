# A root and a bundle (the OCI's runtime-spec) for cells that are not about making them: crun run --bundle …
root=$built/usr/share/course/bundle/rootfs
mkdir -p "$root"/{bin,dev,etc,proc,root,sys,tmp,usr/bin,var}
chmod 1777 "$root/tmp"
cp -p "$result/busybox/usr/bin/busybox" "$root/bin/"
for name in $("$root/bin/busybox" --list); do [ "$name" = busybox ] || ln -s busybox "$root/bin/$name"; done
printf 'root:x:0:0:root:/root:/bin/sh\n' > "$root/etc/passwd"
printf 'root:x:0:\n' > "$root/etc/group"
(cd "$built/usr/share/course/bundle" && "$result/crun/usr/bin/crun" spec)
sed -i 's/"terminal": true/"terminal": false/; s/"readonly": true/"readonly": false/' "$built/usr/share/course/bundle/config.json"
