import { print, step, Stop } from './progress.mjs';
import { onPath, run } from './run.mjs';

/**
 * Libraries that Electron needs on Debian and Ubuntu. The first known name of each group is installed.
 * The `t64` names exist since Debian 13 and Ubuntu 24.04.
 */
const libraries = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libgbm1'],
  ['libasound2t64', 'libasound2'],
];
const virtualDisplay = [['xvfb']];
/** Without one of these Chinese text is boxes: worth installing, not worth refusing to start. */
const chineseFonts = [
  ['fonts-noto-cjk', 'fonts-wqy-zenhei', 'fonts-wqy-microhei', 'fonts-droid-fallback', 'fonts-arphic-uming'],
];

/** Programs that the tests compare with, that play a machine, a desktop or a hand; without them those tests are skipped. */
const testPeers = [
  ['tshark'],
  ['tcpdump'],
  ['python3'],
  ['curl'],
  ['xdg-utils'],
  ['desktop-file-utils'],
  ['xdotool'],
  ['nats-server'],
];

/**
 * Groups without an installed member.
 * @param {readonly string[][]} groups @param {ReadonlySet<string>} installed
 */
export const missingGroups = (groups, installed) =>
  groups.filter((names) => !names.some((name) => installed.has(name)));

/** @param {readonly string[][]} groups @returns {Promise<Set<string>>} */
async function installedOf(groups) {
  // dpkg-query fails when any name is unknown, and still prints the others.
  const { output } = await run('dpkg-query', [
    '-W',
    '-f=${Package} ${db:Status-Status}\\n',
    ...groups.flat(),
  ]);
  return new Set([...output.matchAll(/^(\S+) installed$/gm)].map(([, name]) => String(name)));
}

/** The name of each group that apt can install. @param {readonly string[][]} groups @returns {Promise<string[]>} */
async function installable(groups) {
  return Promise.all(
    groups.map(async (names) => {
      for (const name of names) if ((await run('apt-cache', ['show', '-q', name])).code === 0) return name;
      return String(names[0]);
    }),
  );
}

/** @param {readonly string[]} args @param {(line: string) => void} [onLine] */
async function apt(args, onLine) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const options = onLine ? { env, onLine } : { env };
  const { code, output } = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], options);
  if (code !== 0) throw new Stop(`apt-get ${args.join(' ')} failed:\n${output}`);
}

/** @param {readonly string[][]} groups */
async function aptInstall(groups) {
  await step('system packages', 'installing', async (report) => {
    await apt(['update']);
    let total = 0;
    let handled = 0;
    await apt(['install', '-y', '--no-install-recommends', ...(await installable(groups))], (line) => {
      total = Number(/ (\d+) newly installed/.exec(line)?.[1] ?? total);
      // Each package is unpacked and set up.
      if (/^(Unpacking|Setting up) /.test(line)) report(`${Math.floor(++handled / 2)} of ${total} packages`);
    });
  });
}

/**
 * Packages missing for the app and for tests. No test requires their programs.
 * @param {{ display: boolean, testPeers: boolean }} what
 */
async function missingOf({ display, testPeers: forTests }) {
  const needed = [...libraries, ...(display ? virtualDisplay : [])];
  const peers = forTests ? testPeers : [];
  const installed = await installedOf([...needed, ...chineseFonts, ...peers]);
  return {
    needed: missingGroups(needed, installed),
    fonts: missingGroups(chineseFonts, installed),
    peers: missingGroups(peers, installed),
  };
}

/** @param {readonly string[]} names */
const byHand = (names) => `sudo apt-get install --no-install-recommends ${names.join(' ')}`;

/**
 * Installs system packages on Debian and Ubuntu, as root: those that Electron needs, and with `testPeers` the programs that tests
 * compare with. Other users get the command to run. On other systems it does nothing.
 * @param {{ display: boolean, testPeers?: boolean }} what `display`: a virtual display is needed too
 */
export async function ensureSystemPackages({ display, testPeers: forTests = false }) {
  if (!hasApt()) return;
  const { needed, fonts, peers } = await missingOf({ display, testPeers: forTests });
  const own = [...needed, ...fonts];
  if (own.length + peers.length === 0) return;
  if (process.getuid?.() === 0) {
    try {
      await aptInstall([...own, ...peers]);
      return;
    } catch (error) {
      if (peers.length === 0) throw error;
      if (own.length > 0) await aptInstall(own);
    }
  } else if (own.length > 0) {
    const command = `  ${byHand(await installable(own))}`;
    if (needed.length > 0) throw new Stop(`System libraries are missing. This installs them:\n${command}`);
    print(
      `fonts: no Chinese font is installed, Chinese text may show as boxes. This installs one:\n${command}`,
    );
  }
  const names = peers.flat();
  if (names.length > 0) print(`tests with ${names.join(' ')} are skipped: ${byHand(names)}`);
}

const hasApt = () => process.platform === 'linux' && onPath('apt-get') && onPath('dpkg-query');

/**
 * On other Linux systems the loader reports which shared libraries are missing, and they are named. Windows and
 * macOS need none.
 * @param {{ display: boolean, electron: string }} what `display`: a virtual display is needed too; `electron`: path of the executable
 */
export async function checkLibraries({ display, electron }) {
  if (process.platform !== 'linux' || hasApt()) return;
  const { output } = await run('ldd', [electron]);
  const missing = [...output.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => String(name));
  if (display && !onPath('Xvfb')) missing.push('Xvfb (a virtual display, as there is no other)');
  if (missing.length === 0) return;
  throw new Stop(
    `Install these with your system's package manager, then try again:\n  ${missing.join('\n  ')}`,
  );
}
