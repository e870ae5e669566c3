configure grep "$musl" --enable-perl-regexp PCRE_CFLAGS=" " PCRE_LIBS=-lpcre2-8
compile grep all
keep grep/src/grep usr/bin/grep
is_static usr/bin/grep
