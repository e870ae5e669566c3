/* The state of a session, which session.c and mode.c share. */
#pragma once
#include "frame.h"
#include "marker.h"
#include "session.h"

struct session {
  uint16_t stream;    /* 0 when this slot is free */
  bool person;        /* a person types its lines: echo on, prompts shown */
  bool typed;         /* a person has typed since the shell's last prompt */
  bool switching;     /* a shell reprints its prompt with the other echo; input waits until then */
  bool asked, wanted; /* during a switch: whether the page asked for another mode, and for which */
  bool retried;       /* since the last input, a prompt was reprinted because of a wrong echo */
  int terminal;       /* our end of the terminal */
  pid_t leader;       /* the shell; 0 when it has ended */
  int32_t status;     /* its exit status */
  uint32_t window;    /* maximum number of output bytes in transit */
  uint32_t credit;    /* number of output bytes that may still be sent */
  uint32_t length;    /* bytes in `input`, waiting for the terminal */
  uint8_t input[INPUT_WINDOW];
  struct marker marker;
  enum mark prompt; /* the prompt that a shell is printing */
  int32_t prompt_status;
  enum mark waits;     /* the prompt at which a shell waits; MARK_NONE if no such shell is known */
  pid_t shell;         /* the process group that printed that prompt */
  uint64_t look_at;    /* when to check whether a program reads the terminal; 0 for never */
  uint32_t look_after; /* ms between two checks */
  bool listens;     /* reported that a program reads the terminal with a time limit, since the last input */
  uint64_t poll_at; /* if no process had the terminal open: when to poll it again; otherwise 0 */
};

/* Writes the queued input to the terminal, unless it has to wait for the end of a switch. */
void session_flush(struct session *s, send_frame *send);
/* From now on, checks whether a program waits for input. */
void session_watch(struct session *s);
