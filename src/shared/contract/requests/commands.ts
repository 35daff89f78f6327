/** Requests about commands to one machine. */
import { z } from 'zod';
import { commandNames, type CommandName } from '../../commands/index';
import { acceptableReasons } from '../../commands/kit/possible';
import type { Command } from '../../model/command';
import { result, type RequestRows, vmcNo } from '../request';

export const commandsRequests = {
  /** Gives a command; its input is checked against the catalogue's row. */
  command: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({
      vmcNo,
      name: z.enum(commandNames as [CommandName, ...CommandName[]]),
      input: z.record(z.string().max(64), z.json()),
      /** Reasons against the command that the person read and accepted. */
      accepted: z.array(z.enum(acceptableReasons)).max(acceptableReasons.length).exactOptional(),
    }),
    result: result<Command>(),
  },
  /** Cancels a command that was not sent yet. */
  cancelCommand: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<null>(),
  },
  /** Lets a waiting command go to a machine that has not proved its identity. */
  sendAnyway: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<null>(),
  },
  /** Extends the wait of an unsent command for its machine, ms. */
  setCommandWait: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ id: z.int().min(1), wait: z.int().min(1_000).max(86_400_000) }),
    result: result<null>(),
  },
} as const satisfies RequestRows;
