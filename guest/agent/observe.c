#define _GNU_SOURCE
#include "observe.h"
#include "clock.h"
#include "look.h"
#include "report.h"
#include <string.h>
#include <time.h>

/* A look costs CPU time. The agent then waits at least REST times as long. */
enum { REST = 49, BYTES_PER_SECOND = 32 << 10, PARTS = REPORT_END, HEAD = 2 };

static struct observe_request wanted;
static uint64_t next;   /* 0 for never */
static uint64_t silent; /* until then, no more bytes may be sent */
static uint64_t hashes[PARTS];
/* The current look: its next part, its processor time so far in us, and the number of bytes sent. */
static uint8_t part;
static uint64_t spent;
static uint32_t sent;
static bool changed;

static uint64_t hash_of(const char *bytes, size_t count) {
  uint64_t hash = 14695981039346656037u; /* FNV-1a */
  while (count--) hash = (hash ^ (uint8_t)*bytes++) * 1099511628211u;
  return hash;
}

static void send_part(const char *text, size_t length, bool whole, send_frame *send) {
  static uint8_t payload[FRAME_MAX];
  size_t at = 0;
  payload[0] = part;
  do {
    size_t piece = length - at < sizeof payload - HEAD ? length - at : sizeof payload - HEAD;
    if (piece) memcpy(payload + HEAD, text + at, piece);
    at += piece;
    payload[1] = at < length ? REPORT_FOLLOWS : whole ? REPORT_WHOLE : REPORT_CUT;
    send(FRAME_REPORT, 0, payload, (uint16_t)(piece + HEAD));
    sent += (uint32_t)(FRAME_HEADER + HEAD + piece);
  } while (at < length);
}

static uint64_t processor_us(void) {
  struct timespec used;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return (uint64_t)used.tv_sec * 1000000 + (uint64_t)used.tv_nsec / 1000;
}

static bool is_wanted(uint8_t which) { return which == REPORT_PROCESSES || wanted.parts >> which & 1; }

static bool look_at(uint8_t which) {
  switch (which) {
  case REPORT_GROUPS: return look_at_groups();
  case REPORT_NETWORKS: return look_at_networks();
  case REPORT_MOUNTS: return look_at_mounts(wanted.mounts_of);
  default: return look_at_processes();
  }
}

/* Counts the bytes of a look. The next look waits until the limit allows that many bytes. */
static void count_sent(uint64_t now) {
  if (silent < now) silent = now;
  silent += (uint64_t)sent * 1000 / BYTES_PER_SECOND;
  sent = 0;
}

static void begin_look(void) {
  part = 0;
  spent = 0;
  changed = false;
}

void observe(const struct frame *request) {
  if (!observe_request_read(request, &wanted)) return;
  uint64_t now = now_ms();
  count_sent(now);
  next = !wanted.ms ? 0 : silent > now ? silent : now;
  memset(hashes, 0, sizeof hashes);
  begin_look();
}

uint64_t observe_at(void) { return next; }

/* Looks at one part, and sends it if it has changed. */
static void take_step(send_frame *send) {
  size_t length;
  uint64_t begun = processor_us();
  report_clear();
  bool whole = look_at(part);
  const char *text = report_text(&length);
  uint64_t hash = hash_of(text, length) + whole;
  if (hash != hashes[part]) {
    send_part(text, length, whole, send);
    changed = true;
  }
  hashes[part] = hash;
  spent += processor_us() - begun;
}

/* The agent does its other work between two parts. */
void observe_look(uint64_t now, send_frame *send) {
  if (!next || now < next) return;
  take_step(send);
  do part++;
  while (part < PARTS && !is_wanted(part));
  if (part < PARTS) return;
  if (changed) send_part("", 0, true, send);
  uint64_t rest = spent * REST / 1000 + 1, end = now_ms();
  count_sent(end);
  next = end + (rest > wanted.ms ? rest : wanted.ms);
  if (next < silent) next = silent;
  begin_look();
}
