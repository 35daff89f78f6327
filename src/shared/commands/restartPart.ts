import { z } from 'zod';
import { restartParts } from '../messages/reboot';
import { asked } from './kit/fields';
import type { JsonObject } from '../model/json';
import { rebooting } from './reboot';
import { hasStep, type GivenCommand } from './kit/given';
import { day, minute } from './kit/inputs';
import { cameBack, closes, noticeOfStart } from './kit/restart';
import { command } from './kit/row';
import { notMine, when } from './kit/verdict';
import { both } from './kit/wire';

/** Parts whose restart includes the program and a login. For the others only the notice is evidence [field]. */
const withProgram: ReadonlySet<unknown> = new Set(['app', 'stum', 'all']);
const logsIn = ({ input }: Pick<GivenCommand, 'input'>): boolean => withProgram.has(input['part']);

const isWhole = ({ type }: JsonObject): boolean => type === undefined || type === 'all';

export const restartPart = command(z.strictObject({ part: asked(z.enum(restartParts), { initial: 'ice' }) }))(
  {
    examples: [{ part: 'ice' }, { part: 'app' }],
    offered: 'menu',
    effects: ['restartsPart', 'restarts'],
    ofOneBuild: true,
    wire: {
      // On linux the bare message is `reboot`.
      linux: null,
      android: ({ part }, { vmcNo, sessionId }) => ({
        cmd: 'reboot',
        vmc_no: vmcNo,
        type: part,
        session_id: sessionId,
      }),
    },
    expects: {
      linux: [],
      android: [
        {
          within: 5 * minute,
          anyOf: [
            closes,
            when('login', (login, about) => (logsIn(about.command) ? cameBack(login, about) : notMine)),
          ],
        },
      ],
    },
    notice: (given) => (logsIn(given) ? noticeOfStart(given) : 'acceptedOnly'),
    queueFor: 10 * minute,
    lateFor: day,
    alone: both(minute),
    says: ({ part }) => ['part', { part }],
    waiting: (given) => [logsIn(given) && !hasStep(given, 'startedSometime') ? 'login' : 'notice', {}],
    virtual: {
      linux: null,
      android: {
        // Without a part the message reboots the whole machine [field3].
        refuses: (message, vm) => (isWhole(message) ? (rebooting.refuses?.(message, vm) ?? null) : null),
        acts: (vm, message, notify) => {
          const { type } = message;
          if (isWhole(message) || withProgram.has(type)) rebooting.acts(vm, message, notify);
          // These two lack a required argument, which kills the connection's reader [field3].
          else if (type === 'cup' || type === 'io') vm.stopReading();
          else if (type === 'ice') vm.restartPart('ice');
        },
      },
    },
  },
);
