/** ZIPs as they come and as they come broken, and the library's worker bundled as the app bundles it. */
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { ZipFile } from 'yazl';

const root = resolve(import.meta.dirname, '../..');

/** `entry`: of src/main/upgrade. */
export async function buildWorker(folder: string, entry = 'worker'): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, `src/main/upgrade/${entry}.ts`),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { format: 'es', entryFileNames: `${entry}.mjs` } },
    },
  });
  return join(folder, `${entry}.mjs`);
}

/** The same members make the same ZIP, to the byte. */
const mtime = new Date(2024, 0, 1);

type Members = Readonly<Record<string, Buffer | string>>;

export async function zipOf(members: Members, compress = true): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, data] of Object.entries(members)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name, { mtime });
    else zip.addBuffer(Buffer.from(data), name, { compress, mtime });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The ZIP with one text replaced by another of the same length, wherever it stands: in the data, or in both headers. */
export function replaced(zip: Buffer, from: string, to: string | Buffer): Buffer {
  const changed = Buffer.from(zip);
  const bytes = Buffer.from(to);
  if (bytes.length !== from.length) throw new Error('only the same length keeps the offsets right');
  for (let at = changed.indexOf(from); at >= 0; at = changed.indexOf(from, at + 1)) bytes.copy(changed, at);
  return changed;
}

/** Changes the general purpose flags of the only member, in the central directory. */
export function flagged(zip: Buffer, change: (flags: number) => number): Buffer {
  const changed = Buffer.from(zip);
  const at = changed.indexOf(Buffer.from('504b0102', 'hex')) + 8;
  changed.writeUInt16LE(change(changed.readUInt16LE(at)), at);
  return changed;
}

const signatures = { local: '504b0304', directory: '504b0102', end: '504b0506' } as const;

/** Overwrites a number of two or four bytes in the header of the nth member (or the end record), `at` bytes after its signature. */
export function patched(
  zip: Buffer,
  header: keyof typeof signatures,
  at: number,
  value: number,
  { size = 2, nth = 0 }: { readonly size?: 2 | 4; readonly nth?: number } = {},
): Buffer {
  const changed = Buffer.from(zip);
  const signature = Buffer.from(signatures[header], 'hex');
  const end = changed.lastIndexOf(Buffer.from(signatures.end, 'hex'));
  // Random data may hold a signature too: what follows it begins where the end record says, or is the end record.
  const start = { local: 0, directory: changed.readUInt32LE(end + 16), end }[header];
  let found = changed.indexOf(signature, start);
  for (let n = 0; n < nth; n += 1) found = changed.indexOf(signature, found + 4);
  changed.writeUIntLE(value, found + at, size);
  return changed;
}
