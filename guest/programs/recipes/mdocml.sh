# Shows manual pages. Debian calls this man `mman`, because the name `man` belongs to man-db.
unpack mdocml
cat > "$work/mdocml/configure.local" <<END
PREFIX=/usr
MANDIR=/usr/share/man
MANPATH_DEFAULT=/usr/share/man
MANPATH_BASE=/usr/share/man
READ_GZ=0
BINM_PAGER=less
CC="$glibc"
CFLAGS="$flags -std=gnu99"
LDFLAGS="$link"
INSTALL_LIBMANDOC=0
END
(cd "$work/mdocml" && ./configure) > "$work/mdocml.log" 2>&1 || fail mdocml
compile mdocml mandoc
keep mdocml/mandoc usr/bin/mandoc
for name in man apropos whatis; do ln -s mandoc "$built/usr/bin/$name"; done
mkdir -p "$built/usr/sbin"
ln -s ../bin/mandoc "$built/usr/sbin/makewhatis"
