/** Runs a program to its end and measures its duration and its peak memory. Linux only. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  /** Seconds. */
  readonly seconds: number;
  /** Bytes of resident memory. */
  readonly peak: number;
  readonly stdout: string;
}

export async function measured(
  program: string,
  args: readonly string[],
  options: { readonly uid?: number; readonly gid?: number; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    // The output is not measured, but its beginning shows whether the program worked.
    if (stdout.length < 1_000) stdout += chunk.toString();
  });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
  }, 50);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return { seconds: (performance.now() - begun) / 1_000, peak, stdout };
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;
  } catch {
    // The process has just ended.
    return 0;
  }
}
