/** Both ends of the serial line use the same constants. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { INPUT_WINDOW } from './flow.ts';
import { CHECK, FrameType, HEADER, MAX_PAYLOAD, PROTOCOL_VERSION, SYNC } from './frame.ts';
import { ReportPart, ReportState } from './observation.ts';
import { MAX_PATH } from './transfer.ts';

/** The constants of the agent's enums, by name. */
async function constantsOf(...files: string[]): Promise<Map<string, number>> {
  const texts = await Promise.all(files.map((file) => readFile(`guest/agent/${file}`, 'utf8')));
  const code = texts.join('\n').replace(/\/\*[^]*?\*\//g, '');
  const enums = [...code.matchAll(/\benum(?: \w+)? \{([^}]*)\}/g)].map(([, body = '']) => body);
  const found = enums.flatMap((body) => [...body.matchAll(/(\w+) = (0x[\dA-F]+|\d+)/gi)]);
  return new Map(found.map(([, name = '', value]) => [name, Number(value)]));
}

test('both ends have the same frame types', async () => {
  const constants = await constantsOf('frame.h');
  const types = [...constants].filter(([name]) => /^FRAME_(?!HEADER|MAX)/.test(name));
  const ours = Object.entries(FrameType).map(([name, type]) => [
    `FRAME_${name.toUpperCase()}`,
    type,
  ]);
  expect(types.length).toBeGreaterThan(15);
  expect(new Map(types)).toEqual(new Map(ours as [string, number][]));
});

test('both ends have the same parts of a report', async () => {
  const ours = Object.entries({ ...ReportPart, ...ReportState }).map(([name, value]) => [
    `REPORT_${name.toUpperCase()}`,
    value,
  ]);
  const constants = [...(await constantsOf('frame.h'))];
  expect(ours.length).toBe(8);
  expect(constants.filter(([name]) => name.startsWith('REPORT_'))).toEqual(ours);
});

test('both ends have the same header and limits', async () => {
  const constants = await constantsOf('frame.h', 'frame.c', 'session.h', 'transfer.c');
  expect(Object.fromEntries(constants)).toMatchObject({
    PROTOCOL_VERSION,
    FRAME_HEADER: HEADER,
    FRAME_MAX: MAX_PAYLOAD,
    SYNC,
    CHECK,
    INPUT_WINDOW,
    PATH_BYTES: MAX_PATH + 1,
  });
});
