configure mawk "$musl"
compile mawk mawk
keep mawk/mawk usr/bin/mawk
ln -s mawk "$built/usr/bin/awk"
is_static usr/bin/mawk
