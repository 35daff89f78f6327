import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { constants as system, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';

/**
 * The environment for a tool: colours as our own output goes to a terminal or not, whatever it would guess.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withColours({ NO_COLOR: _no, FORCE_COLOR: _force, ...env }) {
  return { ...env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) };
}

/**
 * Runs a program to its end and keeps what it printed on either stream.
 * `givesWay`: it takes what others leave of the processor.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{
 *   cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, givesWay?: boolean, onLine?: (line: string) => void,
 * }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when it could not be started
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = process.env, shell = false, givesWay = false, onLine } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // Before it starts threads: a thread inherits the priority of its creator.
    if (givesWay && child.pid !== undefined) lowerPriority(child.pid);
    /** @type {string[]} */
    const lines = [];
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (text) => {
        // Not every tool heeds NO_COLOR.
        const line = process.stdout.isTTY ? text : stripVTControlCharacters(text);
        lines.push(line);
        onLine?.(line);
      });
    }
    child.once('error', (error) => resolve({ code: 127, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: lines.join('\n') }));
  });
}

/** @param {number} pid */
function lowerPriority(pid) {
  try {
    setPriority(pid, system.priority.PRIORITY_LOW);
  } catch {
    // It ended already.
  }
}

/**
 * Runs a tool of node_modules by its JavaScript file, which works alike on every system.
 * @param {string} file relative to node_modules
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runTool = (file, args, options) =>
  run(process.execPath, [join(root, 'node_modules', file), ...args], options);

/** Is this program on the PATH (Linux, macOS)? @param {string} program */
export function onPath(program) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
