/** What Windows' `netstat -ano` prints, read without its words: those of the header and of the states are the system language's. */

/** Only a socket that listens has no other end. */
const noOtherEnd = new Set(['0.0.0.0:0', '[::]:0']);

/** The process that listens on that TCP port; `null`: none does. */
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
