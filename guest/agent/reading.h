/* Finds out from the kernel's state whether a program waits for input from a terminal. */
#pragma once
#include <stdbool.h>

/* Whether the programs of this terminal have not read all that we wrote to it. False if that cannot be found
 * out. */
bool terminal_has_input(int terminal);
/* Whether our end of this terminal has nothing to read. */
bool terminal_is_drained(int terminal);
/* What the programs of a terminal's foreground group do with it. */
enum reading {
  READING_NONE,    /* none sleeps in a read of the terminal */
  READING_LISTENS, /* one does, with a time limit: top(1), `read -t` */
  READING_WAITS,   /* one does, without a time limit: no more output before the next input */
};

/* Finds this out from the system calls in which the threads of the group and their descendants sleep. A
 * program that relays this terminal to one of its own, as lxc-attach and `crun exec --tty` do, counts as the
 * programs of that one do. READING_NONE while the terminal holds unread input. */
enum reading terminal_reading(int terminal);
/* Whether a program relays input to a terminal of its own. The agent has not switched off the echo of that
 * terminal. */
bool terminal_is_relayed(int terminal);
