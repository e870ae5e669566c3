#include "mode.h"
#include "reading.h"
#include "session-state.h"
#include "terminal.h"
#include <string.h>
#include <unistd.h>

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
void mode_begin_switch(struct session *s) {
  static const char clear[] = "\a\005\025\n";
  bool relayed = terminal_is_relayed(s->terminal); /* then the program in between controls the echo */
  terminal_lock_echo(s->terminal, false);
  if (!relayed) terminal_set_echo(s->terminal, s->person);
  if (!relayed && !s->person) terminal_lock_echo(s->terminal, true);
  (void)!write(s->terminal, s->person ? "\n" : clear, s->person ? 1 : sizeof clear - 1);
  s->switching = true;
  s->waits = MARK_NONE;
  session_watch(s);
}

void mode_set(struct session *s, bool person, send_frame *send) {
  uint8_t kept[1 + PROGRAM_NAME_BYTES] = {s->waits == MARK_MORE};
  if (s->switching) {
    s->asked = true;
    s->wanted = person;
    return;
  }
  if (person == s->person) return send_mode(s, send);
  bool at_prompt = is_at_prompt(s);
  if (s->typed && !at_prompt) {
    size_t length = terminal_program(s->terminal, (char *)kept + 1, PROGRAM_NAME_BYTES);
    return send(FRAME_BUSY, s->stream, kept, (uint16_t)(1 + length));
  }
  s->person = person;
  s->typed = false;
  if (at_prompt) return mode_begin_switch(s);
  terminal_lock_echo(s->terminal, false);
  if (terminal_is_canonical(s->terminal)) terminal_set_echo(s->terminal, person);
  send_mode(s, send);
}

void mode_end_switch(struct session *s, send_frame *send) {
  s->switching = false;
  terminal_lock_echo(s->terminal, false);
  if (s->asked) mode_set(s, s->wanted, send);
  else send_mode(s, send);
  s->asked = false;
  session_flush(s, send);
}

/* Whether the shell at this prompt has the other mode's echo: it started before the switch, or stty(1)
 * changed it. */
bool mode_has_wrong_echo(const struct session *s) {
  if (terminal_is_canonical(s->terminal)) return terminal_echoes(s->terminal) != s->person;
  return !s->person && !terminal_is_relayed(s->terminal);
}
