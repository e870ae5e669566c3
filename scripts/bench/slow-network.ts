/** A slow network for the benchmark. The network throttling of DevTools does not affect a worker's requests in every browser; this does. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Network {
  /** The bandwidth of the responses, shared by all connections. */
  bitsPerSecond: number;
  /** Milliseconds from a request to the first byte of its answer. A new connection takes as long again. */
  roundTripMs: number;
}

/** A line that passes one piece after another, at its speed. Pure: the caller keeps the time. */
export class Line {
  readonly #bytesPerMs: number;
  readonly #delay: number;
  #freeAt = 0;

  constructor({ bitsPerSecond, roundTripMs }: Network) {
    this.#bytesPerMs = bitsPerSecond / 8 / 1000;
    this.#delay = roundTripMs / 2;
  }

  /** Takes a piece at a time in milliseconds. Returns the time of its last byte's arrival. */
  send(bytes: number, now: number): number {
    this.#freeAt = Math.max(this.#freeAt, now) + bytes / this.#bytesPerMs;
    return this.#freeAt + this.#delay;
  }
}

/** Maximum size of a piece: connections take turns, as packets do. */
const PIECE_BYTES = 4096;
/** Maximum number of bytes in flight per connection. Beyond it, the server waits. */
const WINDOW_BYTES = 256 * 1024;

/** Passes the data of one connection on, in pieces, each at its time and in order. */
function passOn(from: Socket, to: Socket, arrival: (bytes: number) => number): void {
  const pieces: { data: Buffer; at: number }[] = [];
  let underWay = 0;
  let hasEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pump = (): void => {
    timer = undefined;
    for (let [next] = pieces; next && next.at <= performance.now(); [next] = pieces) {
      pieces.shift();
      underWay -= next.data.length;
      if (!to.destroyed) to.write(next.data);
    }
    if (underWay < WINDOW_BYTES) from.resume();
    const [next] = pieces;
    if (next) timer = setTimeout(pump, Math.max(1, next.at - performance.now()));
    else if (hasEnded) to.end();
  };
  from.on('data', (data: Buffer) => {
    for (let at = 0; at < data.length; at += PIECE_BYTES) {
      const piece = data.subarray(at, at + PIECE_BYTES);
      underWay += piece.length;
      pieces.push({ data: piece, at: arrival(piece.length) });
    }
    if (underWay >= WINDOW_BYTES) from.pause();
    if (timer === undefined) pump();
  });
  from.on('end', () => {
    hasEnded = true;
    if (timer === undefined) pump();
  });
  from.on('close', () => {
    if (!hasEnded) to.destroy();
  });
  from.on('error', () => to.destroy());
}

/** Serves a local port through a slow network. Rejects if no port is free. */
export async function slowDown(
  port: number,
  network: Network,
): Promise<{ port: number; close: () => void }> {
  const down = new Line(network);
  const half = network.roundTripMs / 2;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    const openAt = performance.now() + network.roundTripMs;
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    passOn(client, server, () => Math.max(performance.now(), openAt) + half);
    passOn(server, client, (bytes) => down.send(bytes, performance.now()));
  });
  await new Promise<void>((resolve, reject) => {
    proxy.on('error', reject);
    proxy.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (proxy.address() as AddressInfo).port,
    close: () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
