import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Debian's packages of the shared libraries that the runtime and SQLite are linked with. Each is declared, so that `dpkg -i` names what is
 * missing. Since Debian 13 some have another name and provide this one.
 * @type {Readonly<Record<string, string>>}
 */
const packages = {
  'ld-linux-aarch64.so.1': 'libc6',
  'ld-linux-x86-64.so.2': 'libc6',
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libc.so.6': 'libc6',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdl.so.2': 'libc6',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgcc_s.so.1': 'libgcc-s1',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libm.so.6': 'libc6',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libpthread.so.0': 'libc6',
  'librt.so.1': 'libc6',
  'libsmime3.so': 'libnss3',
  'libstdc++.so.6': 'libstdc++6',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
};

export const libraryPackages = [...new Set(Object.values(packages))].toSorted();

/** Offsets in an ELF file of 64 bits, little-endian: its sections and their properties. */
const elf = { programs: 0x20, programSize: 0x36, load: 1, dynamic: 2, needed: 1, strings: 5 };

/**
 * The shared libraries that a program or library of Linux is linked with.
 * @param {string} file @returns {Promise<readonly string[]>}
 */
export async function librariesOf(file) {
  const handle = await open(file);
  try {
    const read = async (/** @type {number} */ at, /** @type {number} */ size) =>
      (await handle.read(Buffer.alloc(size), 0, size, at)).buffer;
    const head = await read(0, 64);
    if (head.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') return [];
    const size = head.readUInt16LE(elf.programSize);
    const table = await read(Number(head.readBigUInt64LE(elf.programs)), size * head.readUInt16LE(0x38));
    const programs = Array.from({ length: table.length / size }, (_, index) => {
      const [offset = 0, address = 0, , length = 0] = [8, 16, 24, 32].map((at) =>
        Number(table.readBigUInt64LE(index * size + at)),
      );
      return { type: table.readUInt32LE(index * size), offset, address, length };
    });
    const dynamic = programs.find(({ type }) => type === elf.dynamic);
    if (dynamic === undefined) return [];
    const rows = await read(dynamic.offset, dynamic.length);
    /** @type {number[]} */
    const names = [];
    let strings = 0;
    for (let at = 0; at < rows.length; at += 16) {
      const [tag, value] = [Number(rows.readBigInt64LE(at)), Number(rows.readBigUInt64LE(at + 8))];
      if (tag === elf.needed) names.push(value);
      else if (tag === elf.strings) strings = value;
    }
    const loaded = programs.find(
      ({ type, address, length }) => type === elf.load && strings >= address && strings < address + length,
    );
    if (loaded === undefined) return [];
    const from = strings - loaded.address + loaded.offset;
    return await Promise.all(
      names.map(async (at) => (await read(from + at, 256)).toString('latin1').split('\0', 1)[0] ?? ''),
    );
  } finally {
    await handle.close();
  }
}

/**
 * Libraries without a declared package, of all programs and libraries in the app's folder. Libraries in that folder are shipped.
 * @param {string} folder
 */
export async function undeclared(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const shipped = new Set(files.map(({ name }) => name));
  /** @type {Set<string>} */
  const needed = new Set();
  for (const { parentPath, name } of files)
    for (const library of await librariesOf(join(parentPath, name))) needed.add(library);
  return [...needed].filter((name) => !shipped.has(name) && !(name in packages)).toSorted();
}
