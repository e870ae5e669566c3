#include "frame.h"
#include <string.h>

enum { SYNC = 0xC5, CHECK = 0x5A };

uint16_t get16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }
uint32_t get32(const uint8_t *p) { return get16(p) | (uint32_t)get16(p + 2) << 16; }
uint64_t get64(const uint8_t *p) { return get32(p) | (uint64_t)get32(p + 4) << 32; }
void put16(uint8_t *p, uint16_t v) {
  p[0] = (uint8_t)v;
  p[1] = (uint8_t)(v >> 8);
}
void put32(uint8_t *p, uint32_t v) {
  put16(p, (uint16_t)v);
  put16(p + 2, (uint16_t)(v >> 16));
}

static uint8_t check_of(const uint8_t *header) {
  uint8_t check = CHECK;
  for (int i = 0; i < FRAME_HEADER - 1; i++) check ^= header[i];
  return check;
}

void frame_header(uint8_t *out, uint8_t type, uint16_t epoch, uint16_t stream, uint16_t length) {
  out[0] = SYNC;
  out[1] = type;
  put16(out + 2, epoch);
  put16(out + 4, stream);
  put16(out + 6, length);
  out[8] = check_of(out);
}

/* Drops the first byte and the following ones, up to the next byte that can start a frame. */
static void resynchronise(struct frame_reader *r) {
  const uint8_t *next = r->have > 1 ? memchr(r->bytes + 1, SYNC, r->have - 1) : NULL;
  r->have = next ? r->have - (size_t)(next - r->bytes) : 0;
  if (next) memmove(r->bytes, next, r->have);
}

static bool header_is_bad(const struct frame_reader *r) {
  if (r->have && r->bytes[0] != SYNC) return true;
  if (r->have < FRAME_HEADER) return false;
  return r->bytes[8] != check_of(r->bytes) || get16(r->bytes + 6) > FRAME_MAX;
}

bool frame_read(struct frame_reader *r, const uint8_t **in, const uint8_t *end, struct frame *out) {
  for (;;) {
    while (header_is_bad(r)) resynchronise(r);
    size_t need = FRAME_HEADER;
    if (r->have >= FRAME_HEADER) need += get16(r->bytes + 6);
    if (r->have >= FRAME_HEADER && r->have == need) {
      *out = (struct frame){r->bytes[1], get16(r->bytes + 2), get16(r->bytes + 4), get16(r->bytes + 6),
                            r->bytes + FRAME_HEADER};
      r->have = 0;
      return true;
    }
    if (*in == end) return false;
    size_t take = need - r->have, left = (size_t)(end - *in);
    if (take > left) take = left;
    memcpy(r->bytes + r->have, *in, take);
    r->have += take;
    *in += take;
  }
}

bool observe_request_read(const struct frame *f, struct observe_request *out) {
  if (f->length < 9) return false;
  *out = (struct observe_request){get32(f->payload), f->payload[4], (int32_t)get32(f->payload + 5)};
  return true;
}
