# A file for each program, as on Debian. One program with many names would be smaller, but no copy of it works under
# another name, and /proc/PID/exe names it. Debian's kill and uptime are those of procps; stdbuf needs a library of Debian's.
configure coreutils "$musl" --enable-install-program=arch --enable-no-install-program=kill,uptime,stdbuf \
  --without-selinux --without-libgmp --with-openssl=no
compile coreutils all SUBDIRS=.
mv "$work"/coreutils/src/{ginstall,install}
for path in $(awk -F '\t' '$1 == "coreutils" && $2 ~ /^usr\/s?bin\// { print $2 }' "$cache/files.tsv"); do
  [ ! -x "$work/coreutils/src/${path##*/}" ] || { keep "coreutils/src/${path##*/}" "$path"; is_static "$path"; }
done
