/* A session: one shell on a terminal of the machine. */
#pragma once
#include "frame.h"
#include "marker.h"
#include <stdbool.h>
#include <sys/types.h>

enum { SESSIONS = 16, INPUT_WINDOW = 16384 };

struct session {
  uint16_t stream;      /* 0 when this slot is free */
  int terminal;         /* our side of the pseudo-terminal, see pty(7) */
  pid_t leader;         /* the shell; 0 when it has ended */
  int32_t status;       /* how it ended */
  uint32_t window;      /* so many bytes of output may be on their way */
  uint32_t credit;      /* so many of them may still be sent */
  uint32_t length;      /* bytes in `input`, waiting for the terminal */
  uint8_t input[INPUT_WINDOW];
  struct marker marker;
  enum mark prompt; /* the prompt that is being printed, and is no output */
  int32_t prompt_status;
  uint64_t look_at;    /* when to ask whether the terminal is read; 0 when nobody waits for it */
  uint32_t look_after; /* ms between two looks */
};

/* The functions below send frames through this; `stream` 0 is the agent itself. */
typedef void send_frame(uint8_t type, uint16_t stream, const void *payload, uint16_t length);

/* Time since the machine was started, in ms. */
uint64_t now_ms(void);

struct session *session_find(uint16_t stream);
/* The session in slot i of SESSIONS, or NULL. */
struct session *session_at(int i);

/* Starts a shell on a new terminal. Sends FRAME_ERROR when it cannot. */
void session_open(const struct frame *request, send_frame *send);
/* Makes the output credit of all sessions whole again, for a page that has received nothing yet. */
void sessions_renew_credit(void);
/* Kills every process of the session and of its terminal. */
void session_kill(const struct session *s);
/* Queues bytes for the terminal. Sends FRAME_ERROR when there are more than the credit allows. */
void session_input(struct session *s, const struct frame *request, send_frame *send);
/* Writes queued bytes as far as the terminal takes them, and grants as much new credit. */
void session_flush(struct session *s, send_frame *send);
/* So many bytes may be read from the terminal. */
uint32_t session_room(const struct session *s);
/* Reads the terminal within that room and sends text and marks in their order. Returns false when
 * nobody has the terminal open any more. */
bool session_read(struct session *s, send_frame *send);
/* Looks whether a program waits for input, when it is time to. `now` is in ms. */
void session_look(struct session *s, uint64_t now, send_frame *send);
/* Notes that process `pid` has ended. */
void session_reaped(pid_t pid, int wait_status);
/* Tells the page that the session has ended, after its last output was sent. */
void session_ended(struct session *s, send_frame *send);
void session_resize(const struct session *s, uint16_t rows, uint16_t columns);
