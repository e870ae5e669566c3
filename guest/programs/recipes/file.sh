# With a small part of its magic: Debian's takes 8 MB. These files cover the kinds of files on this machine.
configure file "$musl" --disable-zlib --disable-bzlib --disable-xzlib --disable-zstdlib --disable-libseccomp
compile file all SUBDIRS=src "LDFLAGS=-all-static $link"
keep file/src/file usr/bin/file
magic=$work/file/course-magic
mkdir -p "$magic"
for part in archive c-lang commands compress diff dump elf filesystems gnu images ipc json linux make perl pgp python \
  sgml ssl terminfo text troff unicode varied.script; do
  [ ! -e "$work/file/magic/Magdir/$part" ] || cp "$work/file/magic/Magdir/$part" "$magic/"
done
(cd "$work/file" && "$built/usr/bin/file" -C -m course-magic) >> "$work/file.log" 2>&1 || fail file
install -D -m 644 "$magic.mgc" "$built/usr/share/misc/magic.mgc"
is_static usr/bin/file
