/* Finds out from the kernel's state whether a program waits for input from a terminal. */
#pragma once
#include <stdbool.h>

/* Whether our end of this terminal has nothing to read. */
bool terminal_is_drained(int terminal);
/* Whether a program of the terminal's foreground group sleeps in a read of this terminal, or relays it to a
 * terminal of its own, as lxc-attach and `crun exec --tty` do, and a program sleeps in a read of that one.
 * Then the programs have read all input, and write no more output before the next input. */
bool terminal_is_read(int terminal);
/* Whether a program relays input to a terminal of its own. The agent has not switched off the echo of that
 * terminal. */
bool terminal_is_relayed(int terminal);
