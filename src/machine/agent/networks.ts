import type { LinkInfo, NetworkInfo } from './kernel-report.ts';
import { present, readNumber } from './report-text.ts';

/** Names of drivers for which `ip -d link` prints another kind. */
const KINDS = new Map([
  ['bonding', 'bond'],
  ['802.1Q VLAN Support', 'vlan'],
]);

/** Parses the text of the part "networks"; skips malformed lines. */
export function parseNetworks(text: string): NetworkInfo[] {
  const networks: NetworkInfo[] = [];
  let links = new Map<number | undefined, LinkInfo>();
  for (const line of text.split('\n')) {
    const [tag, number, ...fields] = line.split('\t');
    const value = readNumber(number);
    if (value === undefined) continue;
    const link = links.get(value);
    if (tag === 'n') {
      networks.push({ namespace: value, links: [] });
      links = new Map();
    } else if (tag === 'l') {
      const added = parseLink(value, fields);
      if (!added || !networks.length) continue;
      links.set(value, added);
      networks.at(-1)?.links.push(added);
    } else if (tag === 'p' && link) {
      Object.assign(link, present({ master: readNumber(fields[0]) }));
    } else if (tag === 'a' && link && fields[0]) {
      link.addresses.push(fields[0]);
    }
  }
  return networks;
}

function parseLink(index: number, fields: string[]): LinkInfo | undefined {
  const [up, peer, driver = '', name] = fields;
  if (fields.length !== 4 || !name) return undefined;
  return {
    index,
    name,
    isUp: up === '1',
    ...present({
      kind: KINDS.get(driver) ?? (driver || undefined),
      peer: readNumber(peer) || undefined,
    }),
    addresses: [],
  };
}
