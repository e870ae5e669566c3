# Uses up processor time on several threads.
"$musl" $flags $link -Wall -Wextra -Werror -o "$work/burn" "$here/recipes/burn.c"
keep burn usr/bin/burn
is_static usr/bin/burn
