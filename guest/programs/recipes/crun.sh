configure crun "$glibc" --disable-systemd --disable-criu --disable-dl LIBS=-lyajl_s YAJL_CFLAGS=-DYAJL YAJL_LIBS=-lyajl_s
compile crun "LDFLAGS=-all-static $link" all
keep crun/crun usr/bin/crun
is_static usr/bin/crun
