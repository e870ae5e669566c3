# Debian's needs OpenSSL, for the signatures of modules. Built without configure, which this source does not contain.
# musl lacks two functions of glibc.
unpack kmod
cat > "$work/kmod/glibc.h" <<'END'
#include <string.h>
#include <alloca.h>
#define strndupa(s, n) ({ size_t l_ = strnlen(s, n); char *c_ = alloca(l_ + 1); c_[l_] = 0; (char *)memcpy(c_, s, l_); })
#define basename(path) ({ const char *b_ = strrchr(path, '/'); b_ ? b_ + 1 : path; })
END
(cd "$work/kmod" && "$musl" $flags -include glibc.h $link -std=gnu11 -D_GNU_SOURCE -I. -DPACKAGE='"kmod"' -DVERSION='"30"' \
  -DSYSCONFDIR='"/etc"' -DDISTCONFDIR='"/lib"' -DROOTPREFIX='""' -DKMOD_FEATURES='"-ZSTD -XZ -ZLIB -LIBCRYPTO -EXPERIMENTAL"' \
  -DHAVE_LINUX_MODULE_H=1 -DHAVE_SECURE_GETENV=1 -DHAVE_DECL_STRNDUPA=1 -DHAVE_DECL_BE32TOH=1 \
  -DHAVE_STATIC_ASSERT=1 -DHAVE_NORETURN=1 \
  -o kmod-static tools/{kmod,depmod,insmod,log,lsmod,modinfo,modprobe,rmmod,static-nodes}.c libkmod/libkmod{,-builtin,-config,-elf,-file,-index,-list,-module,-signature}.c \
  shared/*.c) > "$work/kmod.log" 2>&1 || fail kmod
keep kmod/kmod-static usr/bin/kmod
mkdir -p "$built/usr/sbin"
for name in depmod insmod modinfo modprobe rmmod; do ln -s ../bin/kmod "$built/usr/sbin/$name"; done
ln -s kmod "$built/usr/bin/lsmod"
is_static usr/bin/kmod
