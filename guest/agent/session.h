/* Sessions: shells on terminals of the machine, each on a stream of its own. */
#pragma once
#include "frame.h"
#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

enum { SESSIONS = 16, INPUT_WINDOW = 16384 };

/* Starts a shell on a new terminal, for FRAME_OPEN. Sends FRAME_ERROR when it cannot. */
void session_open(const struct frame *request, send_frame *send);
/* Handles a frame for a session; one for a session that has ended is dropped. */
void session_handle(const struct frame *request, send_frame *send);
/* Makes the output credit of all sessions whole again, for a page that has received nothing yet. */
void sessions_renew_credit(void);
/* Fills fds[SESSIONS] with what to wait for, and returns how many there are. Sets *wake to an earlier time,
 * in ms as of now_ms(), when something is to be done then. */
int sessions_poll(struct pollfd *fds, uint64_t *wake);
/* Reads and writes the terminals as poll(2) has found them ready, and looks whether programs wait for input.
 */
void sessions_serve(const struct pollfd *fds, send_frame *send);
/* Notes that process `pid` has ended. */
void session_reaped(pid_t pid, int wait_status);
