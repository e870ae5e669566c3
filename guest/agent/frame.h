/* Frames on the serial line between the page and the agent. The other end is src/machine/agent/frame.ts. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PROTOCOL_VERSION = 6, FRAME_HEADER = 9, FRAME_MAX = 4096 };

/* Both ends send HELLO, PING and CREDIT. Only the page sends the next group, OPEN to CLOCK; only the agent
 * sends the last one. */
enum frame_type {
  FRAME_HELLO = 1, /* page: version u8, Unix time in ms u64, entropy; agent: version u8 */
  FRAME_PING = 2,  /* the agent handles all earlier frames, then answers with the same payload */
  /* u32: number of further payload bytes that the receiver may send on this stream. After HELLO, a session
   * has the output credit that OPEN granted, and full input credit: the page saves a state only while its
   * input credit is full. */
  FRAME_CREDIT = 3,

  FRAME_OPEN = 16,     /* rows u16, columns u16, output credit u32: starts a shell on a new terminal */
  FRAME_INPUT = 17,    /* bytes for the terminal, within credit */
  FRAME_RESIZE = 18,   /* rows u16, columns u16 */
  FRAME_CLOSE = 19,    /* kills all processes of the terminal; EXIT follows */
  FRAME_PREPARED = 20, /* stop zeroing freed memory; the agent answers with PING */
  FRAME_PUT = 21, /* mode u32, path: INPUT frames with the file follow, then an empty one; EXIT answers */
  FRAME_GET = 22, /* output credit u32, path: OUTPUT frames with the file answer, then EXIT */
  /* ms u32, parts u8, pid u32: reports the kernel's objects now and after each change, with at least `ms`
   * between two reports; 0 ends the reports. A report always has the processes. It has the other parts,
   * REPORT_GROUPS to REPORT_MOUNTS, if their bit (1 << part) is set; the mounts are those of process pid. */
  FRAME_OBSERVE = 23,
  /* u8: from now on, a person types the lines and sees input and prompts (1), or the page types them, as
   * after OPEN (0). A shell at its prompt reprints it. The agent then answers MODE with the same number. It
   * answers at once without such a shell, and answers BUSY if it refuses the change. Input waits for the
   * answer. */
  FRAME_MODE = 25,
  FRAME_CLOCK = 24, /* u64: sets the clock forward by this number of ms, because the machine was paused */

  FRAME_OUTPUT = 32, /* bytes from the terminal, within credit */
  /* The next three report that all input was consumed and all output sent. echo u8: 1 if the next input will
   * come back as output, from a second terminal; see terminal_is_relayed in reading.h. */
  FRAME_READING = 33, /* echo u8: a program without our prompts waits for input */
  FRAME_PROMPT = 34,  /* echo u8, status i32 of the last command: a shell waits for the next one */
  FRAME_MORE = 35,    /* echo u8: a shell waits for the rest of an unfinished command */
  /* name: the program of this name reads the terminal, but continues without input after some time. The step
   * goes on. Sent at most once after each input. */
  FRAME_LISTENING = 40,
  FRAME_EXIT = 36,  /* i32: exit status of the session's first process; 0 after a file transfer */
  FRAME_ERROR = 37, /* text: why a request on this stream failed */
  /* reason u8, name: a person's command has not ended. 0: the program of this name has the terminal.
   * 1: the shell of this name waits for the rest of an unfinished command. */
  FRAME_BUSY = 39,
  /* part u8, state u8, text: a part of a report, in one or several frames. Each look at the kernel sends
   * the parts that have changed, and then an empty REPORT_END. See enum report_part and enum report_state. */
  FRAME_REPORT = 38,
};

/* The texts have a line for each object, with tabs between the fields. In paths, control characters and
 * backslashes are written in octal, as in "\\011". A field without a value is empty. */
enum report_part {
  /* PID, parent, state as in proc(5), numbers of the namespaces (cgroup, ipc, mnt, net, pid, time, user,
   * uts), PIDs from the outermost namespace inwards, path of the control group, name. A cut text has
   * only the processes nearest to process 1. */
  REPORT_PROCESSES = 0,
  /* Path; pids.current, pids.max; number of processes; frozen; memory.current, memory.max, memory.high,
   * oom_kill of memory.events; usage_usec, throttled_usec, nr_periods and nr_throttled of cpu.stat; quota and
   * period of cpu.max; cpu.weight; "some avg10" of cpu.pressure, memory.pressure and io.pressure. A cut
   * text has only the groups nearest to the root. */
  REPORT_GROUPS = 1,
  /* "n", number of a network namespace; then the lines of this namespace: "l", index of the link, 1 if it is
   * up, index of the other end of a veth or 0, driver, name; "p", index of a port, index of its bridge; "a",
   * index of a link, address with prefix length. */
  REPORT_NETWORKS = 2,
  /* The PID alone; then the lines of /proc/PID/mountinfo, none if the process has ended. */
  REPORT_MOUNTS = 3,
  REPORT_END = 4,
};
enum report_state { REPORT_FOLLOWS = 0, REPORT_WHOLE = 1, REPORT_CUT = 2 };

struct frame {
  uint8_t type;
  uint16_t epoch, stream, length;
  const uint8_t *payload;
};

/* Sends a frame; `stream` 0 is the agent itself. */
typedef void send_frame(uint8_t type, uint16_t stream, const void *payload, uint16_t length);

/* Holds the received bytes of an incomplete frame. */
struct frame_reader {
  uint8_t bytes[FRAME_HEADER + FRAME_MAX];
  size_t have;
};

/* Takes bytes from *in and moves it past them. Fills *out and returns true when a frame is complete. Skips
 * bytes that cannot start a frame. out->payload is valid until the next call. */
bool frame_read(struct frame_reader *r, const uint8_t **in, const uint8_t *end, struct frame *out);

/* Writes the header of a frame with a payload of `length` bytes to out[FRAME_HEADER]. */
void frame_header(uint8_t *out, uint8_t type, uint16_t epoch, uint16_t stream, uint16_t length);

uint16_t get16(const uint8_t *p);
uint32_t get32(const uint8_t *p);
uint64_t get64(const uint8_t *p);
void put16(uint8_t *p, uint16_t v);
void put32(uint8_t *p, uint32_t v);

/* The payload of FRAME_OBSERVE. */
struct observe_request {
  uint32_t ms;
  uint8_t parts;
  int32_t mounts_of;
};

/* Returns false if the payload is too short. */
bool observe_request_read(const struct frame *f, struct observe_request *out);
