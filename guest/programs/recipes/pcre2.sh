# Perl's regular expressions, for grep -P.
configure pcre2 "$musl" --disable-pcre2-16 --disable-pcre2-32
compile pcre2 libpcre2-8.la
install_library pcre2 install-libLTLIBRARIES install-nodist_includeHEADERS install-includeHEADERS
