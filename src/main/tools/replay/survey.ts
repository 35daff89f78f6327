/** Counts the frames of the chosen entries that each side can send, and their risks. */
import { riskOf, type SendRisk } from '#shared/compose/sendRisk';
import { machineOf, type Entry } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import type { ReplayPart, ReplayRole, ReplaySurvey } from '#shared/model/replay';
import { isAnswer, isSent } from './choice';

/** Machines and commands listed by name. */
const mostNamed = 100;

export async function surveyOf(
  pages: Iterable<readonly Entry[]> | AsyncIterable<readonly Entry[]>,
): Promise<ReplaySurvey> {
  const [machine, server] = [new Part('machine'), new Part('server')];
  const risks = new Map<string, SendRisk>();
  let answers = 0;
  for await (const page of pages)
    for (const entry of page) {
      machine.add(entry);
      if (server.add(entry) && entry.kind === 'frame') {
        const risk = riskOf(entry.text);
        risks.set(JSON.stringify(risk), risk);
      } else if (entry.kind === 'frame' && isAnswer(entry)) answers += 1;
    }
  return { machine: machine.whole, server: server.whole, answers, risks: [...risks.values()] };
}

class Part {
  readonly #role: ReplayRole;
  #frames = 0;
  #extent: ReplayPart['extent'] = null;
  readonly #connections = new Set<number>();
  readonly #machines = new Set<number>();
  readonly #commands = new Map<string | null, number>();

  constructor(role: ReplayRole) {
    this.#role = role;
  }

  /** Returns false if this side does not send the entry. */
  add(entry: Entry): boolean {
    if (!isSent(entry, this.#role)) return false;
    const { id, at, conn } = entry;
    this.#frames += 1;
    this.#extent = { first: id, from: at, ...this.#extent, last: id, to: at };
    this.#connections.add(conn);
    const reported = entry.kind === 'frame' ? entry.message.body.vmcNo : null;
    const vmcNo = reported ?? machineOf(entry);
    if (vmcNo !== null && this.#machines.size < mostNamed) this.#machines.add(vmcNo);
    const cmd = entry.kind === 'frame' ? cmdOfMessage(entry.message) : null;
    if (this.#commands.has(cmd) || this.#commands.size < mostNamed)
      this.#commands.set(cmd, (this.#commands.get(cmd) ?? 0) + 1);
    return true;
  }

  get whole(): ReplayPart {
    const commands = [...this.#commands].map(([cmd, count]) => ({ cmd, count }));
    return {
      frames: this.#frames,
      extent: this.#extent,
      connections: this.#connections.size,
      machines: [...this.#machines],
      commands: commands.toSorted((a, b) => b.count - a.count),
    };
  }
}
