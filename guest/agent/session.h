/* Sessions: shells on terminals of the machine. Each has its own stream. */
#pragma once
#include "frame.h"
#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

enum { SESSIONS = 16, INPUT_WINDOW = 16384 };

/* Starts a shell on a new terminal, for FRAME_OPEN. Sends FRAME_ERROR when it cannot. */
void session_open(const struct frame *request, send_frame *send);
/* Handles a frame for a session. Drops it if the session has ended. */
void session_handle(const struct frame *request, send_frame *send);
/* Restores the full output credit of all sessions, for a page that has received nothing yet. */
void sessions_renew_credit(void);
/* Fills fds[SESSIONS] with the events to wait for, and returns their number. If a session needs service
 * before *wake, a time of now_ms(), sets *wake to that earlier time. */
int sessions_poll(struct pollfd *fds, uint64_t *wake);
/* Reads and writes the terminals that poll(2) found ready, and checks whether programs wait for input. */
void sessions_serve(const struct pollfd *fds, send_frame *send);
/* Notes that process `pid` has ended. */
void session_reaped(pid_t pid, int wait_status);
