/** The Debian packages whose files the image contains, their licences, and the addresses of their sources. */
import { access, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A Debian package in the root, and the source it was built from. */
export interface PackageEntry {
  name: string;
  version: string;
  source: string;
  sourceVersion: string;
  licences: string[];
}

/** The folder with the copyright files of the packages that the kernel and the firmware come from. */
const builtFrom = '/usr/share/doc';

/** Packages that the agent and the static programs are linked with, or that some of them are built from. */
const notByFile = [
  'bash-static',
  'busybox-static',
  'libc6-dev',
  'libcap-dev',
  'libmnl-dev',
  'libncurses-dev',
  'libpcap0.8',
  'libseccomp-dev',
  'libyajl-dev',
  'musl-dev',
  'zlib1g-dev',
];

async function rows(path: string): Promise<string[][]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'));
}

/** Packages whose code the programs of a layer contain, if it has such programs (../layers/docker/build.sh). */
async function linkedPackages(cache: string): Promise<string[]> {
  try {
    return (await rows(join(cache, 'linked.tsv'))).map(([name = '']) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}

/** Paths below the layers' roots. */
async function layerFiles(layers: string): Promise<Set<string>> {
  const entries = await readdir(layers, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        relative(layers, join(entry.parentPath, entry.name)).split(sep).slice(1).join('/'),
      ),
  );
}

async function copyright(cache: string, name: string): Promise<string> {
  const documents = ['debian', 'go'].map((root) => join(cache, root, 'usr/share/doc'));
  for (const folder of [...documents, builtFrom]) {
    const path = join(folder, name, 'copyright');
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return readFile(path, 'utf8');
  }
  throw new Error(`no copyright file for ${name}`);
}

/** The short names in a machine-readable copyright file; otherwise the licences that the text refers to. */
function licenceNames(text: string): string[] {
  const named = [...text.matchAll(/^License: *(\S.*)$/gm)].map((match) => (match[1] ?? '').trim());
  const common = [...text.matchAll(/common-licenses\/([\w.+-]*\w)/g)].map(
    (match) => match[1] ?? '',
  );
  return [...new Set(named.length ? named : common)].sort();
}

/** The packages with a file in the image, and those that the kernel and the firmware were built from. */
export async function usedPackages(cache: string): Promise<PackageEntry[]> {
  const files = await layerFiles(join(cache, 'layers'));
  const owners = await rows(join(cache, 'files.tsv'));
  // Manual pages are compressed with gzip in the packages, but not in the image.
  const isUsed = (file = ''): boolean => files.has(file) || files.has(file.replace(/\.gz$/, ''));
  const used = new Set(owners.filter(([, file]) => isUsed(file)).map(([name]) => name));
  for (const name of [...notByFile, ...(await linkedPackages(cache))]) used.add(name);
  const unpacked = (await rows(join(cache, 'packages.tsv'))).filter(([name]) => used.has(name));
  const all = [...unpacked, ...(await rows(join(cache, 'built-from.tsv')))];
  const entries = all.map(async ([name = '', version = '', source = '', sourceVersion = '']) => ({
    name,
    version,
    source,
    sourceVersion,
    licences: licenceNames(await copyright(cache, name)),
  }));
  return (await Promise.all(entries)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The copyright files of the packages and the texts of the licences that they refer to. */
export async function collectLicences(
  cache: string,
  packages: readonly PackageEntry[],
): Promise<string> {
  const texts = await Promise.all(
    packages.map(async ({ name, version }) => ({
      title: `${name} ${version}`,
      text: await copyright(cache, name),
    })),
  );
  const common = join('/usr/share/common-licenses');
  const referred = texts.flatMap(({ text }) =>
    [...text.matchAll(/common-licenses\/([\w.+-]*\w)/g)].map((match) => match[1] ?? ''),
  );
  for (const name of [...new Set(referred)].sort()) {
    const text = await readFile(join(common, name), 'utf8').catch(() => '');
    if (text) texts.push({ title: `Licence text: ${name}`, text });
  }
  const line = '='.repeat(100);
  return texts
    .map(({ title, text }) => `${line}\n${title}\n${line}\n\n${text.trimEnd()}\n`)
    .join('\n');
}
