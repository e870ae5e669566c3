/* The terminals of the sessions: pseudo-terminals, see pty(7). Each function takes our end of one. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Starts a shell on a new terminal without echo. Returns our end of it and sets *shell. On failure, returns
 * -1 and sets errno. */
int terminal_open(pid_t *shell);
void terminal_resize(int terminal, uint16_t rows, uint16_t columns);
/* Kills every process that has this terminal or belongs to this leader's session. */
void terminal_kill(int terminal, pid_t leader);

/* Whether the kernel echoes input, and whether it edits lines (ICANON in termios(3)). */
bool terminal_echoes(int terminal);
bool terminal_is_canonical(int terminal);
/* Whether a read(2) of the terminal returns without input after some time: VMIN is 0 in termios(3). */
bool terminal_read_ends(int terminal);
void terminal_set_echo(int terminal, bool on);
/* Forbids programs to change the echo (TIOCSLCKTRMIOS in ioctl_tty(2)), or permits it again. A shell that
 * edits lines restores the earlier modes of the terminal after each line, and crun(1) leaves our terminal in
 * the modes of the container's terminal. The lock keeps our echo. */
void terminal_lock_echo(int terminal, bool locked);

/* Room for a name that terminal_program() copies. */
enum { PROGRAM_NAME_BYTES = 64 };
/* The foreground process group of the terminal; 0 if there is none. */
pid_t terminal_group(int terminal);
/* Copies the name of that group's first process, as in /proc/PID/comm. Returns its length; 0 without one. */
size_t terminal_program(int terminal, char *name, size_t size);
