/* Finds out from the kernel's state whether a program waits for input from a terminal. */
#pragma once
#include <stdbool.h>

/* Whether the programs of this terminal have left a part of our input unread. False if the agent cannot
 * determine that. */
bool terminal_has_input(int terminal);
/* Whether our end of this terminal has nothing to read. */
bool terminal_is_drained(int terminal);
/* Whether and how the programs of a terminal's foreground group read the terminal. */
enum reading {
  READING_NONE,    /* none sleeps in a read of the terminal */
  READING_LISTENS, /* one does, with a time limit: top(1), `read -t` */
  READING_WAITS,   /* one does, without a time limit: no more output before the next input */
};

/* Derives this from the system calls in which the threads of the group and of its descendants sleep. If a
 * program relays this terminal to a terminal of its own, as lxc-attach and `crun exec --tty` do, the readers
 * of that other terminal count instead. READING_NONE while the terminal holds unread input. */
enum reading terminal_reading(int terminal);
/* Whether a program relays input to a terminal of its own. The agent has not switched off the echo of that
 * terminal. */
bool terminal_is_relayed(int terminal);
