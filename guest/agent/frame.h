/* Frames on the serial line between the page and the agent. The other end is src/machine/agent/frame.ts. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PROTOCOL_VERSION = 5, FRAME_HEADER = 9, FRAME_MAX = 4096 };

/* HELLO, PING and CREDIT travel both ways; the first group only to the agent, the last from it. */
enum frame_type {
  FRAME_HELLO = 1, /* to: version u8, Unix time in ms u64, entropy. from: version u8 */
  FRAME_PING = 2,  /* answered with the same payload once all earlier frames are handled */
  /* u32: so many more payload bytes may be sent on this stream. HELLO makes a session's output credit
   * what OPEN said; its input credit is whole then, since only such states are kept. */
  FRAME_CREDIT = 3,

  FRAME_OPEN = 16,    /* rows u16, columns u16, output credit u32: a shell on a new terminal */
  FRAME_INPUT = 17,   /* bytes for the terminal, within credit */
  FRAME_RESIZE = 18,  /* rows u16, columns u16 */
  FRAME_CLOSE = 19,   /* kill what runs on the terminal; EXIT follows */
  FRAME_SETTLE = 20,  /* zero freed memory no longer; answered by PING */
  FRAME_PUT = 21,     /* mode u32, path: INPUT frames hold the file, an empty one ends it; EXIT follows */
  FRAME_GET = 22,     /* output credit u32, path: OUTPUT frames and EXIT follow */
  FRAME_OBSERVE = 23, /* u32: send PROCESSES so many ms apart, when they have changed; 0 for never */
  /* u8: from now on lines are typed by a person (1), who sees what is typed and the prompts, or by a page
   * (0), as after OPEN. Answered by MODE with the same number once a shell at its prompt has printed it anew,
   * or at once where none is at its prompt; or by HELD, and nothing has changed. Until then input waits. */
  FRAME_MODE = 25,
  FRAME_CLOCK = 24, /* u64: set the clock forward by so many ms, for which the machine was held up */

  FRAME_OUTPUT = 32, /* bytes from the terminal, within credit */
  /* The next three tell that all input was taken, and all output sent. echo u8: 1 when what is typed
   * next comes back as output, from the terminal of a program in between; see terminal_is_relayed in
   * reading.h. */
  FRAME_READING = 33, /* echo u8: a program that is no shell of ours waits for input */
  FRAME_PROMPT = 34,  /* echo u8, i32: a shell waits; the last command ended with this status */
  FRAME_MORE = 35,    /* echo u8: a shell waits for the rest of an unfinished command */
  FRAME_EXIT = 36,    /* i32: the session's first process ended with this status */
  FRAME_ERROR = 37,   /* text: why a request on this stream failed */
  /* why u8, name: what a person has begun has not ended: 0 for the program of this name, which has the
   * terminal, 1 for a command of several lines that the shell of this name waits for the rest of */
  FRAME_HELD = 39,
  /* part u8: 0 when more follows, 1 at the end, 2 at the end when there are more processes than fit:
   * those nearest to process 1 are told. Then text, a line a process, set apart by tabs: PID, parent,
   * state as in proc(5), numbers of the namespaces (cgroup, ipc, mnt, net, pid, time, user, uts), PIDs
   * from the outermost namespace inwards, control group, name. */
  FRAME_PROCESSES = 38,
};

struct frame {
  uint8_t type;
  uint16_t epoch, stream, length;
  const uint8_t *payload;
};

/* Sends a frame; `stream` 0 is the agent itself. */
typedef void send_frame(uint8_t type, uint16_t stream, const void *payload, uint16_t length);

/* Holds what was received of a frame that is not complete yet. */
struct frame_reader {
  uint8_t bytes[FRAME_HEADER + FRAME_MAX];
  size_t have;
};

/* Takes bytes from *in, moves it past them, and fills *out when a frame is complete.
 * Skips whatever cannot be the start of a frame. out->payload is valid until the next call. */
bool frame_read(struct frame_reader *r, const uint8_t **in, const uint8_t *end, struct frame *out);

/* Writes the header of a frame with a payload of `length` bytes to out[FRAME_HEADER]. */
void frame_header(uint8_t *out, uint8_t type, uint16_t epoch, uint16_t stream, uint16_t length);

uint16_t get16(const uint8_t *p);
uint32_t get32(const uint8_t *p);
uint64_t get64(const uint8_t *p);
void put16(uint8_t *p, uint16_t v);
void put32(uint8_t *p, uint32_t v);
