/** Parses `netstat -ano` of Windows by its numbers, because headers and states are in the system's language. */

/** Only a listening socket has no remote end. */
const noOtherEnd = new Set(['0.0.0.0:0', '[::]:0']);

/** The process that listens on the TCP port; `null` if none does. */
export function listeningPid(output: string, port: number): number | null {
  for (const line of output.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const [protocol = '', local = '', foreign = ''] = fields;
    if (!/^TCP/i.test(protocol) || !local.endsWith(`:${port}`) || !noOtherEnd.has(foreign)) continue;
    const pid = fields.at(-1) ?? '';
    if (/^\d+$/.test(pid)) return Number(pid);
  }
  return null;
}
