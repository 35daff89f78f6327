/** A failure that a person can act on: shown as its sentence, without a stack. */
export class Stop extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The stream for people. @type {NodeJS.WriteStream} */
let out = process.stdout;
/** For scripts whose standard output is data. */
export const printToStderr = () => void (out = process.stderr);

/** One line for people. @param {string} line */
export const print = (line) => void out.write(`${line}\n`);

/** A duration for people, e.g. `1.3 s`. @param {number} ms */
export const seconds = (ms) => (ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

/**
 * Runs one long step under a line with its name, progress and duration. On a terminal the line is rewritten in place.
 * Elsewhere there is a line at the start, at the end and every half minute.
 * @template T
 * @param {string} what e.g. `npm packages`
 * @param {string} doing e.g. `installing`
 * @param {(report: (howFar: string) => void) => Promise<T>} work gets a function that says how far it is
 * @returns {Promise<T>}
 */
export async function step(what, doing, work) {
  const stdout = out;
  const start = performance.now();
  const passed = () => seconds(performance.now() - start);
  let howFar = '';
  const line = () => `${what}: ${doing}${howFar && ` ${howFar}`}`;
  const clear = stdout.isTTY ? '\r\u001B[K' : '';
  const show = () =>
    stdout.write(stdout.isTTY ? `${clear}${line()} (${passed()})` : `${line()} (${passed()})\n`);
  stdout.write(stdout.isTTY ? `${clear}${line()}` : `${line()}\n`);
  const timer = setInterval(show, stdout.isTTY ? 500 : 30_000);
  try {
    const result = await work((text) => (howFar = text));
    stdout.write(`${clear}${what}: done in ${passed()}\n`);
    return result;
  } catch (error) {
    stdout.write(`${clear}${what}: failed after ${passed()}\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs a script's main function; its number is the exit code, and a failure is printed rather than thrown.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const stop = error instanceof Stop ? error : undefined;
    process.stderr.write(`${stop ? stop.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = stop?.exitCode ?? 1;
  }
}
