/* Feeds random bytes with pieces of frames and marks to the agent's two readers. Their results must not
 * depend on where the bytes are split, and no byte of text may be lost.
 *
 * usage: fuzz ROUNDS SEED */
#include "../frame.h"
#include "../marker.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 20000 };

static uint64_t state;

/* xorshift64, see Marsaglia, Xorshift RNGs, Journal of Statistical Software 8(14), 2003. */
static uint32_t random_below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state % limit);
}

static size_t add_frame(uint8_t *out) {
  uint16_t length = (uint16_t)random_below(random_below(8) ? 40 : FRAME_MAX + 1);
  frame_header(out, (uint8_t)random_below(40), (uint16_t)random_below(3), 1, length);
  for (int i = 0; i < length; i++) out[FRAME_HEADER + i] = (uint8_t)random_below(256);
  if (!random_below(4)) out[random_below(FRAME_HEADER)] ^= (uint8_t)(1 << random_below(8));
  return FRAME_HEADER + (size_t)length;
}

static size_t add_mark(uint8_t *out) {
  int digits = random_below(4) ? 1 : (int)random_below(50);
  int length = sprintf((char *)out, MARK_PREFIX "%c;%0*u\a", "PMRXY"[random_below(5)], digits,
                       random_below(300));
  if (!random_below(3)) out[random_below((uint32_t)length)] = (uint8_t)random_below(128);
  return random_below(4) ? (size_t)length : random_below((uint32_t)length + 1);
}

static size_t make_input(uint8_t *in) {
  size_t length = 0;
  while (length < MOST - FRAME_MAX - FRAME_HEADER - 64 && random_below(12)) {
    uint32_t kind = random_below(3);
    if (kind == 0) length += add_frame(in + length);
    else if (kind == 1) length += add_mark(in + length);
    else in[length++] = (uint8_t)random_below(256);
  }
  return length;
}

static uint64_t mix(uint64_t hash, const void *bytes, size_t length) {
  const uint8_t *p = bytes;
  while (length--) hash = (hash ^ *p++) * 1099511628211u; /* FNV-1a */
  return hash;
}

/* Reads the payload as a request, whatever its type. */
static uint32_t read_request(const struct frame *frame) {
  struct observe_request request = {.ms = 0};
  uint8_t *copy = malloc(frame->length + 1u);
  struct frame exact = *frame;
  memcpy(copy + 1, frame->payload, frame->length);
  exact.payload = copy + 1;
  bool read = observe_request_read(&exact, &request);
  free(copy);
  return (read ? 1 : 0) + request.ms + request.parts + (uint32_t)request.mounts_of;
}

/* Reads the bytes in pieces of at most `piece` bytes; 0 reads them at once. */
static uint64_t read_frames(const uint8_t *in, size_t length, uint32_t piece) {
  static struct frame_reader reader;
  memset(&reader, 0, sizeof reader);
  uint64_t hash = 0;
  for (size_t at = 0; at < length;) {
    size_t take = piece ? 1 + random_below(piece) : length;
    if (take > length - at) take = length - at;
    uint8_t *copy = malloc(take); /* so that the sanitizer finds a read beyond its end */
    memcpy(copy, in + at, take);
    const uint8_t *next = copy;
    struct frame frame;
    while (frame_read(&reader, &next, copy + take, &frame)) {
      hash = mix(mix(hash, &frame.type, 1), &(uint32_t){read_request(&frame)}, sizeof(uint32_t));
      hash = mix(hash, frame.payload, frame.length);
    }
    free(copy);
    at += take;
  }
  return hash;
}

static uint64_t read_marks(const uint8_t *in, size_t length, uint32_t piece, size_t *text_length) {
  struct marker marker = {.have = 0};
  uint64_t hash = 0;
  *text_length = 0;
  for (size_t at = 0; at < length;) {
    size_t take = piece ? 1 + random_below(piece) : length;
    if (take > length - at) take = length - at;
    uint8_t *text = malloc(take + sizeof marker.kept);
    const uint8_t *next = in + at, *end = next + take;
    while (next < end) {
      struct marker_result found = marker_scan(&marker, &next, end, text);
      hash = mix(hash, text, found.text);
      *text_length += found.text;
      if (found.mark == MARK_NONE) continue;
      uint8_t mark = (uint8_t)found.mark;
      hash = mix(mix(hash, &mark, 1), &found.status, sizeof found.status);
      *text_length += sizeof MARK_PREFIX; /* the minimum length of the mark */
    }
    free(text);
    at += take;
  }
  *text_length += marker.have;
  return hash;
}

int main(int count, char **arguments) {
  static uint8_t in[MOST];
  long rounds = count > 1 ? atol(arguments[1]) : 10000;
  state = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
  for (long i = 0; i < rounds; i++) {
    uint64_t seed = state;
    size_t length = make_input(in), whole, cut;
    uint32_t piece = 1 + random_below(300);
    bool same = read_frames(in, length, 0) == read_frames(in, length, piece) &&
                read_marks(in, length, 0, &whole) == read_marks(in, length, piece, &cut);
    if (same && whole == cut && whole <= length) continue;
    fprintf(stderr, "fuzz: round %ld differs; repeat it with: fuzz 1 %llu\n", i, (unsigned long long)seed);
    return 1;
  }
  printf("fuzz: %ld rounds, no difference\n", rounds);
}
