#define _GNU_SOURCE
#include "session.h"
#include "clock.h"
#include "mode.h"
#include "reading.h"
#include "session-state.h"
#include "terminal.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each check for a reader costs some system calls, so the agent checks less and less often while a command
 * runs. It reports a program that reads with a time limit only if a later check finds it still reading. */
enum { FIRST_LOOK_MS = 8, LISTENS_LOOK_MS = 64, LAST_LOOK_MS = 128, CLOSED_MS = 100 };

static struct session sessions[SESSIONS];
static struct session *polled[SESSIONS];
static int polled_count;

static struct session *find(uint16_t stream) {
  for (int i = 0; i < SESSIONS; i++)
    if (sessions[i].stream == stream) return &sessions[i];
  return NULL;
}

static void refuse(uint16_t stream, const char *why, send_frame *send) {
  char reason[96];
  snprintf(reason, sizeof reason, "cannot open session: %s", why);
  send(FRAME_ERROR, stream, reason, (uint16_t)strlen(reason));
}

void session_open(const struct frame *request, send_frame *send) {
  struct session *s = find(0);
  if (request->length < 8 || !request->stream || find(request->stream) || !s)
    return refuse(request->stream, s ? "bad request or stream in use" : "too many sessions", send);
  memset(s, 0, sizeof *s);
  s->terminal = terminal_open(&s->leader);
  if (s->terminal < 0) return refuse(request->stream, strerror(errno), send);
  s->stream = request->stream;
  s->window = s->credit = get32(request->payload + 4);
  terminal_resize(s->terminal, get16(request->payload), get16(request->payload + 2));
}

void sessions_renew_credit(void) {
  for (int i = 0; i < SESSIONS; i++) sessions[i].credit = sessions[i].window;
}

void session_watch(struct session *s) {
  s->listens = false;
  s->look_after = FIRST_LOOK_MS;
  s->look_at = now_ms() + s->look_after;
}

/* Writes as many queued bytes as the terminal accepts, and grants the same amount of new credit. The wait at
 * a prompt ends with a line feed, with a carriage return, or with anything that a page types. */
void session_flush(struct session *s, send_frame *send) {
  if (!s->length || s->switching) return;
  ssize_t taken = write(s->terminal, s->input, s->length);
  if (taken < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (taken < 0) taken = (ssize_t)s->length; /* no program will ever read it */
  if (!s->person || memchr(s->input, '\r', (size_t)taken) || memchr(s->input, '\n', (size_t)taken))
    s->waits = MARK_NONE;
  if (s->waits == MARK_NONE) session_watch(s);
  s->length -= (uint32_t)taken;
  memmove(s->input, s->input + taken, s->length);
  uint8_t credit[4];
  put32(credit, (uint32_t)taken);
  send(FRAME_CREDIT, s->stream, credit, sizeof credit);
}

static void take_input(struct session *s, const struct frame *request, send_frame *send) {
  static const char reason[] = "more input than the credit allows";
  if (s->length + request->length > sizeof s->input)
    return send(FRAME_ERROR, s->stream, reason, sizeof reason - 1);
  memcpy(s->input + s->length, request->payload, request->length);
  s->length += request->length;
  s->typed = s->person;
  s->retried = false;
  session_flush(s, send);
}

/* Returns whether a program relays input to a terminal of its own. If one does, forbids programs to switch on
 * the echo of our terminal, as crun does when it exits. */
static bool note_relay(const struct session *s) {
  bool relayed = terminal_is_relayed(s->terminal);
  if (!s->person && !s->switching) terminal_lock_echo(s->terminal, relayed);
  return relayed;
}

static void take_mark(struct session *s, struct marker_result found, send_frame *send) {
  if (found.mark == MARK_NONE) return;
  if (found.mark == MARK_PROMPT || found.mark == MARK_MORE) {
    s->prompt = found.mark;
    s->prompt_status = found.status;
    return;
  }
  enum mark prompt = s->prompt;
  s->prompt = MARK_NONE;
  s->waits = found.mark == MARK_READY ? prompt : MARK_NONE;
  if (s->waits == MARK_NONE) return;
  /* Another program has left a line unread. The shell reads it, and then prints one more prompt. */
  if (!s->person && !s->switching && terminal_has_input(s->terminal)) {
    s->waits = MARK_NONE;
    return;
  }
  s->shell = terminal_group(s->terminal);
  s->look_at = 0;
  if (prompt == MARK_PROMPT && !s->switching && !s->retried && mode_has_wrong_echo(s)) {
    s->retried = true;
    return mode_begin_switch(s);
  }
  uint8_t payload[5] = {note_relay(s)};
  put32(payload + 1, (uint32_t)s->prompt_status);
  if (prompt == MARK_PROMPT) send(FRAME_PROMPT, s->stream, payload, 5);
  else send(FRAME_MORE, s->stream, payload, 1);
  if (s->switching) mode_end_switch(s, send);
}

/* Returns how many bytes may be read from the terminal. */
static uint32_t room(const struct session *s) {
  /* The kept bytes, which look like the beginning of a mark, may turn out to be text. */
  uint32_t kept = (uint32_t)s->marker.have;
  return s->credit > kept ? s->credit - kept : 0;
}

/* Reads at most room() bytes from the terminal, and sends text and marks in their order. Only a person gets
 * the text of prompts. */
static void read_terminal(struct session *s, send_frame *send) {
  uint8_t bytes[FRAME_MAX - sizeof s->marker.kept], text[FRAME_MAX];
  uint32_t free = room(s), most = sizeof bytes < free ? sizeof bytes : free;
  if (!most) return;
  ssize_t got = read(s->terminal, bytes, most);
  if (got < 0) return;
  const uint8_t *in = bytes, *end = bytes + got;
  while (in < end) {
    struct marker_result found = marker_scan(&s->marker, &in, end, text);
    if (found.text && (s->prompt == MARK_NONE || s->person)) {
      send(FRAME_OUTPUT, s->stream, text, (uint16_t)found.text);
      s->credit -= (uint32_t)found.text;
    }
    take_mark(s, found, send);
  }
}

/* At the due time, checks whether a program waits for input, and reports it. */
static void look(struct session *s, send_frame *send) {
  if (!s->look_at || now_ms() < s->look_at) return;
  enum reading reading = (s->length && !s->switching) || !s->leader ? READING_NONE
                                                                    : terminal_reading(s->terminal);
  if (reading != READING_WAITS || !terminal_is_drained(s->terminal)) {
    if (reading == READING_LISTENS && !s->listens && !s->person && s->look_after >= LISTENS_LOOK_MS) {
      char name[PROGRAM_NAME_BYTES];
      s->listens = true;
      send(FRAME_LISTENING, s->stream, name, (uint16_t)terminal_program(s->terminal, name, sizeof name));
    }
    if (s->look_after < LAST_LOOK_MS) s->look_after *= 2;
    s->look_at = now_ms() + s->look_after;
    return;
  }
  s->look_at = 0;
  if (s->switching) return mode_end_switch(s, send);
  uint8_t echo = note_relay(s);
  send(FRAME_READING, s->stream, &echo, sizeof echo);
}

/* Reports the end of the session; its last output has been sent. */
static void end(struct session *s, send_frame *send) {
  uint8_t status[4];
  put32(status, (uint32_t)s->status);
  send(FRAME_EXIT, s->stream, status, sizeof status);
  close(s->terminal);
  s->stream = 0;
}

void session_handle(const struct frame *request, send_frame *send) {
  struct session *s = request->stream ? find(request->stream) : NULL;
  if (!s) return;
  switch (request->type) {
  case FRAME_INPUT: return take_input(s, request, send);
  case FRAME_CREDIT: s->credit += request->length >= 4 ? get32(request->payload) : 0; return;
  case FRAME_CLOSE: return terminal_kill(s->terminal, s->leader);
  case FRAME_RESIZE:
    if (request->length >= 4)
      terminal_resize(s->terminal, get16(request->payload), get16(request->payload + 2));
    return;
  case FRAME_MODE:
    if (request->length >= 1) mode_set(s, request->payload[0], send);
    return;
  }
}

/* Returns the events for which to poll the terminal now. Sets *wake as sessions_poll() does. */
static short events_of(struct session *s, uint64_t *wake) {
  bool ends = !s->leader && room(s);
  if (ends) *wake = 0; /* credit has arrived for its last output */
  if (s->look_at && s->look_at < *wake) *wake = s->look_at;
  /* While no process has the terminal open, poll(2) returns at once. Then it is polled every CLOSED_MS. */
  if (s->poll_at && (ends || s->poll_at <= now_ms())) s->poll_at = 0;
  if (s->poll_at && s->poll_at < *wake) *wake = s->poll_at;
  if (s->poll_at) return 0;
  return (short)((room(s) ? POLLIN : 0) | (s->length && !s->switching ? POLLOUT : 0));
}

int sessions_poll(struct pollfd *fds, uint64_t *wake) {
  polled_count = 0;
  for (int i = 0; i < SESSIONS; i++) {
    struct session *s = &sessions[i];
    if (!s->stream) continue;
    short events = events_of(s, wake);
    /* Without events, poll(2) would still report a hang-up, again and again. */
    fds[polled_count] = (struct pollfd){events ? s->terminal : -1, events, 0};
    polled[polled_count++] = s;
  }
  return polled_count;
}

static void serve(struct session *s, short ready, send_frame *send) {
  if (ready & POLLOUT) session_flush(s, send);
  if (ready & POLLIN) read_terminal(s, send);
  else if (ready & POLLHUP) s->poll_at = now_ms() + CLOSED_MS;
  /* The shell may have written between our poll(2) and its own end. */
  if (!s->leader && room(s) && terminal_is_drained(s->terminal)) end(s, send);
}

void sessions_serve(const struct pollfd *fds, send_frame *send) {
  for (int i = 0; i < polled_count; i++)
    if (fds[i].revents || !polled[i]->leader) serve(polled[i], fds[i].revents, send);
  /* Last, because the page must get all earlier output before FRAME_READING. */
  for (int i = 0; i < polled_count; i++)
    if (polled[i]->stream) look(polled[i], send);
}

void session_reaped(pid_t pid, int wait_status) {
  for (int i = 0; i < SESSIONS; i++) {
    if (!sessions[i].stream || sessions[i].leader != pid) continue;
    sessions[i].leader = 0;
    /* The number that a shell would have in $?. */
    sessions[i].status = WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
  }
}
