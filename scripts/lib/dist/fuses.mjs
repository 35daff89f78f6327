import fusesOfElectron from '@electron/fuses';
import { Stop } from '../progress.mjs';

const { FuseV1Options, getCurrentFuseWire } = fusesOfElectron;

/**
 * Permissions of a package's runtime, by Electron's checklist. Electron checks the archive's integrity on Windows and macOS only.
 * On Linux the fuse does no harm.
 * @type {Readonly<Record<keyof typeof FuseV1Options, boolean>>}
 */
export const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

const names = /** @type {(keyof typeof fuses)[]} */ (Object.keys(fuses));

/** The names that electron-builder uses: the same, with a lower-case first letter. */
export const builderFuses = Object.fromEntries(
  names.map((name) => [name.charAt(0).toLowerCase() + name.slice(1), fuses[name]]),
);

/** One byte of the file for each state, as ASCII. */
const states = new Map([
  [0x31, 'on'],
  [0x30, 'off'],
  [0x72, 'removed'],
  [0x90, 'inherit'],
]);

/**
 * The fuses that a file has, as it will run.
 * @param {string} executable
 * @returns {Promise<Record<string, string>>} `on`, `off`, or what else stands there
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  return Object.fromEntries(
    names.map((name) => [name, states.get(Number(wire[FuseV1Options[name]])) ?? 'missing']),
  );
}

/**
 * The names of those that are not as they must be.
 * @param {Readonly<Record<string, string>>} read
 */
export const wrongFuses = (read) => names.filter((name) => read[name] !== (fuses[name] ? 'on' : 'off'));

/** @param {string} executable @returns {Promise<Record<string, string>>} @throws where one differs */
export async function checkFuses(executable) {
  const read = await readFuses(executable);
  const wrong = wrongFuses(read);
  if (wrong.length > 0) {
    const list = wrong.map((name) => `${name} is ${read[name]}, not ${fuses[name] ? 'on' : 'off'}`);
    throw new Stop(`The built file has other fuses than it must have: ${list.join('; ')}.`);
  }
  return read;
}
