import { expect, test } from 'vitest';
import { explainFailure } from './explain-failure.mjs';

const explain = (code: string, path = '/home/a/course') =>
  explainFailure(`npm error code ${code}\nnpm error path ${path}\n`, '/course', 1, () => 0.25);

test('a full disk is reported with its place, and with free and needed space', () => {
  expect(explain('ENOSPC')).toBe(
    'The disk is full: npm could not write to /home/a/course, where 0.3 GB is free. The packages ' +
      "need 1 GB, and npm's cache needs 0.4 GB. Free some space, and run the command again.",
  );
  const printed = 'npm error code Z_BUF\nnpm error ENOSPC: no space left on device, write\n';
  expect(explainFailure(printed, '/course')).toContain('could not write to /course');
});

test.each(['EACCES', 'EPERM', 'EROFS'])('%s asks for permission to write', (code) => {
  const text = explain(code, '/course/node_modules');
  expect(text).toContain(`npm has no permission to write to /course/node_modules (${code}).`);
  expect(text).not.toContain('network');
});

test.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'E503', 'ENOTCACHED'])(
  '%s asks for a network',
  (code) => expect(explain(code)).toContain('Check your network connection'),
);

test('another reason is left to the message of npm', () => {
  expect(explain('EUSAGE')).toBe(
    'npm ci failed with EUSAGE. Its message above gives the reason. Correct that, and run the command again.',
  );
  expect(explainFailure('', '/course', 7)).toContain('npm ci failed with 7.');
});
