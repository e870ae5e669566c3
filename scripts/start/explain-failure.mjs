// Explains why npm failed and what to do, from npm's output.
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Measured with an empty cache. README.md and docs/platforms.md give the same figures. */
const needs = { packagesGB: 1, cacheGB: 0.4 };

const rights = ['EACCES', 'EPERM', 'EROFS'];
const network =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONN\w+|E?TIMEDOUT|E(?:HOST|NET)UNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ENOTCACHED|E5\d\d|E429)$/;

/** The reason for a failed `npm ci`, with the place and the next step. */
export function explainFailure(printed, root, code = 1, free = freeGB) {
  const reason = /^npm (?:error|ERR!) code (\S+)/m.exec(printed)?.[1] ?? '';
  const place = /^npm (?:error|ERR!) path (.+)/m.exec(printed)?.[1] ?? root;
  if (reason === 'ENOSPC' || /ENOSPC/.test(printed)) return noSpace(place, free(place));
  if (rights.includes(reason)) {
    return (
      `npm has no permission to write to ${place} (${reason}). Give your user that permission, ` +
      `or clone the project into a folder that you own, and run the command again.`
    );
  }
  if (network.test(reason)) {
    return `npm could not reach its registry (${reason}). Check your network connection, and run the command again.`;
  }
  return `npm ci failed with ${reason || code}. Its message above gives the reason. Correct that, and run the command again.`;
}

function noSpace(place, free) {
  const left = free === undefined ? '' : `, where ${free.toFixed(1)} GB is free`;
  return (
    `The disk is full: npm could not write to ${place}${left}. The packages need ${needs.packagesGB} GB, ` +
    `and npm's cache needs ${needs.cacheGB} GB. Free some space, and run the command again.`
  );
}

/** The free space of a path's disk, or nothing if it is unknown. The path itself may not exist. */
function freeGB(path) {
  try {
    const { bavail, bsize } = statfsSync(path);
    return (bavail * bsize) / 1e9;
  } catch {
    return dirname(path) === path ? undefined : freeGB(dirname(path));
  }
}
