/** A process of the ordeal reports its connection: a line on stdout for each change. */
let before = '';

export function reportStatus(status: string, trouble = ''): void {
  const line = `${status} ${trouble}`.trim();
  if (line === before) return;
  before = line;
  process.stdout.write(`${line}\n`);
}
