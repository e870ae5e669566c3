#include "marker.h"
#include <stdbool.h>
#include <string.h>

enum { PREFIX_LENGTH = sizeof MARK_PREFIX - 1, BEL = 7 };

static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

/* Whether byte i of a mark may be c, if all bytes before it are correct. */
static bool may_stand(size_t i, uint8_t c) {
  if (i < PREFIX_LENGTH) return c == (uint8_t)MARK_PREFIX[i];
  if (i == PREFIX_LENGTH) return c == 'P' || c == 'M' || c == 'R' || c == 'X';
  if (i == PREFIX_LENGTH + 1) return c == ';';
  return is_digit(c) || (c == BEL && i > PREFIX_LENGTH + 2);
}

/* Whether the kept bytes can still become a mark. */
static bool may_be_mark(const struct marker *m) {
  for (size_t i = 0; i < m->have; i++)
    if (!may_stand(i, m->kept[i])) return false;
  return m->have < sizeof m->kept;
}

static bool is_complete(const struct marker *m) { return m->have && m->kept[m->have - 1] == BEL; }

static struct marker_result read_mark(const struct marker *m, size_t text) {
  const uint8_t *p = m->kept + PREFIX_LENGTH;
  struct marker_result result = {MARK_NONE, 0, text};
  switch (*p) {
  case 'P': result.mark = MARK_PROMPT; break;
  case 'M': result.mark = MARK_MORE; break;
  case 'R': result.mark = MARK_READY; break;
  default: result.mark = MARK_RUN;
  }
  for (p += 2; *p != BEL; p++) result.status = (result.status * 10 + (*p - '0')) & 0xFFFF;
  return result;
}

struct marker_result marker_scan(struct marker *m, const uint8_t **in, const uint8_t *end, uint8_t *out) {
  size_t text = 0;
  while (*in < end) {
    m->kept[m->have++] = *(*in)++;
    /* Bytes that cannot become a mark are text, but the last ones may begin another mark. */
    while (m->have && !may_be_mark(m)) {
      out[text++] = m->kept[0];
      memmove(m->kept, m->kept + 1, --m->have);
    }
    if (!is_complete(m)) continue;
    struct marker_result result = read_mark(m, text);
    m->have = 0;
    return result;
  }
  return (struct marker_result){MARK_NONE, 0, text};
}
