/* The terminals of the sessions: pseudo-terminals, see pty(7). Each function takes our side of one. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Starts a shell on a new terminal, whose echo is off. Returns our side of it and sets *shell; or -1 and
 * errno. */
int terminal_open(pid_t *shell);
void terminal_resize(int terminal, uint16_t rows, uint16_t columns);
/* Kills every process that has this terminal, or belongs to the session of this leader. */
void terminal_kill(int terminal, pid_t leader);

/* Whether what is typed is echoed by the kernel, and whether it edits lines (ICANON in termios(3)). */
bool terminal_echoes(int terminal);
bool terminal_is_canonical(int terminal);
void terminal_set_echo(int terminal, bool on);
/* Keeps programs from changing the echo (TIOCSLCKTRMIOS in ioctl_tty(2)), or lets them. A shell that edits
 * its line sets the terminal back to what it was when the line is complete; so it finds another echo then. */
void terminal_lock_echo(int terminal, bool locked);

/* The process group that has the terminal; 0 when none has. */
pid_t terminal_group(int terminal);
/* The name of that group's first process, as in /proc/PID/comm. Returns its length, 0 when there is none. */
size_t terminal_program(int terminal, char *name, size_t size);
