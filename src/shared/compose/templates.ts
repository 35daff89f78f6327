/** Templates for messages to a machine, in its platform's form (docs/protocol/commands.md). */
import type { JsonObject } from '../model/json';
import type { Platform } from '../model/machine';
import type { WireMessage } from '../model/message';
import { answerExamples } from '../messages/examples';
import { questionsOf } from '../messages/lookup';
import { commandNames } from '../commands/index';
import { riskOfMessage, rowOf } from '../commands/kit/rows';
import { messageId, type WireContext } from '../commands/kit/wire';

export interface Template {
  /** `cmd`, with the operation if several share it: `remote reboot`. */
  readonly id: string;
  readonly cmd: string;
  readonly body: JsonObject;
}

/**
 * Queries first, then commands with effects, then answers. `null`: unknown platform; the document's form is used.
 * Times are this computer's.
 */
export function templates(vmcNo: number, platform: Platform | null, now: Date): readonly Template[] {
  const bodies = commandBodies(vmcNo, platform).toSorted((a, b) => gravity(a) - gravity(b));
  const found = new Map<string, Template>();
  for (const body of [...bodies, ...answerExamples(vmcNo, now.getTime())]) {
    const id = messageId(body);
    // Several inputs may give the same message.
    if (!found.has(id)) found.set(id, { id, cmd: body.cmd, body });
  }
  return [...found.values()];
}

function gravity(body: WireMessage): 0 | 1 {
  return riskOfMessage(body) === 'none' ? 0 : 1;
}

/** The examples of all commands. Answers to machines are listed with the answers. */
function commandBodies(vmcNo: number, platform: Platform | null): readonly WireMessage[] {
  const context: WireContext = {
    vmcNo,
    platform,
    sessionId: '1',
    upgradeDir: 'http://192.168.1.20:12345/',
    upgradeType: platform === 'android' ? 'app' : null,
  };
  return commandNames
    .flatMap((name) => rowOf(name).examples.flatMap((input) => rowOf(name).wire(input, context)))
    .filter(({ cmd }) => questionsOf('out', cmd).length === 0);
}
