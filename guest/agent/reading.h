/* Tells from the kernel's state whether a program waits for input from a terminal. */
#pragma once
#include <stdbool.h>

/* Whether our side of this terminal has nothing to read. */
bool terminal_is_drained(int terminal);
/* Whether a program of the terminal's foreground group is asleep in a read of a terminal: this one,
 * or one that the program itself has made and relays, as lxc-attach and `crun exec --tty` do. Then
 * all input was taken, and there is no more output before the next input. */
bool terminal_is_read(int terminal);
/* Whether a program passes on what is typed to a terminal of its own, whose echo nobody here has switched
 * off. */
bool terminal_is_relayed(int terminal);
