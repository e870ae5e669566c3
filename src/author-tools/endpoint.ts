// Handles accepted outputs from pages of the dev server.
import { readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptInText, readAcceptance } from './accept.ts';

/** Maximum number of bytes in a request. A step keeps at most a million characters of output. */
const MAX_BYTES = 16e6;

/** The file access for pages; tests pass their own. */
export interface Files {
  readFile(file: string, encoding: 'utf8'): Promise<string>;
  writeFile(file: string, text: string): Promise<void>;
}

/** Answers 204 when it has rewritten the page's text, otherwise 409 with the reason. */
export async function answerAcceptance(
  request: IncomingMessage,
  response: ServerResponse,
  files: Files = { readFile, writeFile },
): Promise<void> {
  try {
    if (!isOwnPage(request)) throw new Error('Only pages of this server may write.');
    const acceptance = readAcceptance(await readBody(request));
    const text = await files.readFile(acceptance.file, 'utf8');
    await files.writeFile(acceptance.file, acceptInText(text, acceptance));
    response.writeHead(204).end();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    response.writeHead(409, { 'Content-Type': 'text/plain; charset=utf-8' }).end(reason);
  }
}

// Any site that the author visits can send requests to this server, but only with its own origin.
function isOwnPage({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && headers.origin === `http://${headers.host}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error('The request is longer than the output of any cell.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
