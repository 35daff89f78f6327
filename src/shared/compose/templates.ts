/** Messages to a machine to start from, as its platform takes them (docs/protocol/commands.md). */
import type { JsonObject } from '../model/json';
import type { Platform } from '../model/machine';
import type { WireMessage } from '../model/message';
import { answerExamples } from '../messages/examples';
import { questionsOf } from '../messages/lookup';
import { commandNames } from '../commands/index';
import { riskOfMessage, rowOf } from '../commands/kit/rows';
import { messageId, type WireContext } from '../commands/kit/wire';

export interface Template {
  /** `cmd`, with the operation where it is the same for several: `remote reboot`. */
  readonly id: string;
  readonly cmd: string;
  readonly body: JsonObject;
}

/**
 * Questions first, then what does something to a machine, then answers. `null`: the platform is not known; the document's form.
 * Times are this computer's.
 */
export function templates(vmcNo: number, platform: Platform | null, now: Date): readonly Template[] {
  const told = commandBodies(vmcNo, platform).toSorted((a, b) => gravity(a) - gravity(b));
  const found = new Map<string, Template>();
  for (const body of [...told, ...answerExamples(vmcNo, now.getTime())]) {
    const id = messageId(body);
    // The same for several inputs.
    if (!found.has(id)) found.set(id, { id, cmd: body.cmd, body });
  }
  return [...found.values()];
}

function gravity(body: WireMessage): 0 | 1 {
  return riskOfMessage(body) === 'none' ? 0 : 1;
}

/** Every command, with its examples; what answers a machine is among the answers. */
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
