#include "marker.h"
#include <stdbool.h>
#include <string.h>

static const char PREFIX[] = "\033]course;";
enum { PREFIX_LENGTH = sizeof PREFIX - 1 };

/* Whether the held bytes can still become a mark. */
static bool may_be_mark(const struct marker *m) {
  size_t compare = m->have < PREFIX_LENGTH ? m->have : PREFIX_LENGTH;
  if (memcmp(m->held, PREFIX, compare)) return false;
  for (size_t i = PREFIX_LENGTH; i < m->have; i++) {
    uint8_t c = m->held[i];
    bool last = i == m->have - 1;
    bool allowed = i == PREFIX_LENGTH ? c == 'P' || c == 'C' || c == 'M'
                                      : c == ';' || (c >= '0' && c <= '9') || (c == 7 && last);
    if (!allowed) return false;
  }
  return m->have < sizeof m->held;
}

static bool is_complete(const struct marker *m) {
  return m->have > PREFIX_LENGTH + 1 && m->held[m->have - 1] == 7;
}

static struct marker_result read_mark(const struct marker *m, size_t text) {
  const uint8_t *p = m->held + PREFIX_LENGTH;
  struct marker_result result = {MARK_NONE, 0, text};
  result.mark = *p == 'P' ? MARK_PROMPT : *p == 'C' ? MARK_START : MARK_MORE;
  for (p++; *p != 7; p++)
    if (*p != ';') result.status = (result.status * 10 + (*p - '0')) & 0xFFFF;
  return result;
}

struct marker_result marker_scan(struct marker *m, const uint8_t **in, const uint8_t *end,
                                 uint8_t *out) {
  size_t text = 0;
  while (*in < end) {
    m->held[m->have++] = *(*in)++;
    /* What cannot become a mark is text, but for a new beginning in its last bytes. */
    while (m->have && !may_be_mark(m)) {
      out[text++] = m->held[0];
      memmove(m->held, m->held + 1, --m->have);
    }
    if (!is_complete(m)) continue;
    struct marker_result result = read_mark(m, text);
    m->have = 0;
    return result;
  }
  return (struct marker_result){MARK_NONE, 0, text};
}
