#define _GNU_SOURCE
#include "session.h"
#include "clock.h"
#include "marker.h"
#include "reading.h"
#include "terminal.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each check for a reader costs some system calls, so checks become rare while a command runs. */
enum { FIRST_LOOK_MS = 8, LAST_LOOK_MS = 128, CLOSED_MS = 100, NAME_BYTES = 64 };

struct session {
  uint16_t stream;    /* 0 when this slot is free */
  bool person;        /* a person types its lines: echo on, prompts shown */
  bool typed;         /* a person has typed since the shell's last prompt */
  bool switching;     /* a shell reprints its prompt under the other echo; input waits for that */
  bool asked, wanted; /* during a switch: whether the page asked for another mode, and for which */
  bool retried;       /* since the last input, a prompt was reprinted because of a wrong echo */
  int terminal;       /* our end of it */
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
  pid_t shell;         /* the process group that printed it */
  uint64_t look_at;    /* when to check whether a program reads the terminal; 0 for never */
  uint32_t look_after; /* ms between two checks */
  uint64_t poll_at;    /* if no process had the terminal open: when to poll it again; otherwise 0 */
};

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

static void watch_for_input(struct session *s) {
  s->look_after = FIRST_LOOK_MS;
  s->look_at = now_ms() + s->look_after;
}

/* Writes as many queued bytes as the terminal accepts, and grants the same amount of new credit. The wait at
 * a prompt ends with a line feed, with a carriage return, or with anything that a page types. */
static void flush(struct session *s, send_frame *send) {
  if (!s->length || s->switching) return;
  ssize_t taken = write(s->terminal, s->input, s->length);
  if (taken < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (taken < 0) taken = (ssize_t)s->length; /* no program will ever read it */
  if (!s->person || memchr(s->input, '\r', (size_t)taken) || memchr(s->input, '\n', (size_t)taken))
    s->waits = MARK_NONE;
  if (s->waits == MARK_NONE) watch_for_input(s);
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
  flush(s, send);
}

/* Whether a shell waits for a new command, and no other program has taken the terminal since its prompt. */
static bool is_at_prompt(const struct session *s) {
  return s->waits == MARK_PROMPT && !s->length && terminal_group(s->terminal) == s->shell;
}

static void send_mode(const struct session *s, send_frame *send) {
  uint8_t person = s->person;
  send(FRAME_MODE, s->stream, &person, sizeof person);
}

/* Makes the shell reprint its prompt. Before it prints a prompt, a shell checks the echo of its terminal.
 * With echo, a person types, and the shell edits the line; without echo, a page types, and the shell reads
 * whole lines. A line that a person has typed but not sent is discarded: Ctrl-G ends a search, and Ctrl-E and
 * Ctrl-U clear the line. Where the kernel edits the line, Ctrl-U is enough. */
static void begin_switch(struct session *s) {
  static const char clear[] = "\a\005\025\n";
  bool relayed = terminal_is_relayed(s->terminal); /* then the program in between controls the echo */
  if (!relayed) terminal_set_echo(s->terminal, s->person);
  if (!relayed && !s->person) terminal_lock_echo(s->terminal, true);
  (void)!write(s->terminal, s->person ? "\n" : clear, s->person ? 1 : sizeof clear - 1);
  s->switching = true;
  s->waits = MARK_NONE;
  watch_for_input(s);
}

static void set_mode(struct session *s, bool person, send_frame *send) {
  uint8_t kept[1 + NAME_BYTES] = {s->waits == MARK_MORE};
  if (s->switching) {
    s->asked = true;
    s->wanted = person;
    return;
  }
  if (person == s->person) return send_mode(s, send);
  bool at_prompt = is_at_prompt(s);
  if (s->typed && !at_prompt) {
    size_t length = terminal_program(s->terminal, (char *)kept + 1, NAME_BYTES);
    return send(FRAME_BUSY, s->stream, kept, (uint16_t)(1 + length));
  }
  s->person = person;
  s->typed = false;
  if (at_prompt) return begin_switch(s);
  if (terminal_is_canonical(s->terminal)) terminal_set_echo(s->terminal, person);
  send_mode(s, send);
}

static void end_switch(struct session *s, send_frame *send) {
  s->switching = false;
  terminal_lock_echo(s->terminal, false);
  if (s->asked) set_mode(s, s->wanted, send);
  else send_mode(s, send);
  s->asked = false;
  flush(s, send);
}

/* Whether the shell at this prompt has the other mode's echo: it started before the switch, or stty(1)
 * changed it. */
static bool has_wrong_echo(const struct session *s) {
  if (terminal_is_canonical(s->terminal)) return terminal_echoes(s->terminal) != s->person;
  return !s->person && !terminal_is_relayed(s->terminal);
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
  s->shell = terminal_group(s->terminal);
  s->look_at = 0;
  if (prompt == MARK_PROMPT && !s->switching && !s->retried && has_wrong_echo(s)) {
    s->retried = true;
    return begin_switch(s);
  }
  uint8_t payload[5] = {terminal_is_relayed(s->terminal)};
  put32(payload + 1, (uint32_t)s->prompt_status);
  if (prompt == MARK_PROMPT) send(FRAME_PROMPT, s->stream, payload, 5);
  else send(FRAME_MORE, s->stream, payload, 1);
  if (s->switching) end_switch(s, send);
}

/* Returns how many bytes may be read from the terminal. */
static uint32_t room(const struct session *s) {
  /* The kept bytes, which look like the beginning of a mark, may prove to be text. */
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
  bool waits = (!s->length || s->switching) && s->leader && terminal_is_read(s->terminal) &&
               terminal_is_drained(s->terminal);
  if (!waits) {
    if (s->look_after < LAST_LOOK_MS) s->look_after *= 2;
    s->look_at = now_ms() + s->look_after;
    return;
  }
  s->look_at = 0;
  if (s->switching) return end_switch(s, send);
  uint8_t echo = terminal_is_relayed(s->terminal);
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
    if (request->length >= 1) set_mode(s, request->payload[0], send);
    return;
  }
}

/* Returns the events for which to poll the terminal now. Sets *wake as sessions_poll() does. */
static short events_of(struct session *s, uint64_t *wake) {
  bool ends = !s->leader && room(s);
  if (ends) *wake = 0; /* credit has arrived for its last output */
  if (s->look_at && s->look_at < *wake) *wake = s->look_at;
  /* While no process has the terminal open, poll(2) returns at once. Then it is polled by the clock. */
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
  if (ready & POLLOUT) flush(s, send);
  if (ready & POLLIN) read_terminal(s, send);
  else if (ready & POLLHUP) s->poll_at = now_ms() + CLOSED_MS;
  /* The shell may have written after poll(2) and before it ended. */
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
