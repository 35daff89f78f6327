import { z } from 'zod';
import { restartParts } from '../messages/reboot';
import { asked } from './kit/fields';
import type { GivenCommand } from './kit/given';
import { day, minute } from './kit/inputs';
import { closes, cameBack } from './kit/restart';
import { command } from './kit/row';
import { notMine, when } from './kit/verdict';

/** Those with which the program begins anew and logs in; of the others nothing tells but its own word [field]. */
const withProgram: ReadonlySet<unknown> = new Set(['app', 'stum', 'all']);
const logsIn = ({ input }: Pick<GivenCommand, 'input'>): boolean => withProgram.has(input['part']);

export const restartPart = command(z.strictObject({ part: asked(z.enum(restartParts), { initial: 'ice' }) }))(
  {
    examples: [{ part: 'ice' }, { part: 'app' }],
    offered: 'menu',
    effects: ['restartsPart', 'restarts'],
    ofOneBuild: true,
    wire: {
      // The bare message is its reboot.
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
    notice: (given) => (logsIn(given) ? 'accepted' : 'acceptedOnly'),
    queueFor: 10 * minute,
    lateFor: day,
    alone: minute,
    says: ({ part }) => ['part', { part }],
    waiting: (given) => [logsIn(given) ? 'login' : 'notice', {}],
    virtual: {
      linux: null,
      android: {
        acts: (vm, { type }) => {
          if (withProgram.has(type)) vm.restart();
        },
      },
    },
  },
);
