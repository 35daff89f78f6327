/** Requests about commands to one machine. */
import { z } from 'zod';
import { commandNames, type CommandName } from '../../commands/index';
import type { Command } from '../../model/command';
import { vmcNo } from '../fields';
import { result, type RequestRows } from '../request';

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
      /** A person was asked: the machine on its connection has not proved which one it is. */
      anyway: z.literal(true).exactOptional(),
    }),
    result: result<Command>(),
  },
  /** Takes back a command that was not sent yet. */
  cancelCommand: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<null>(),
  },
  /** Lets a command that waits go to a machine that has not proved which one it is. */
  sendAnyway: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<null>(),
  },
  /** How much longer a command that was not sent yet may wait for its machine, ms. */
  setCommandWait: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({ id: z.int().min(1), wait: z.int().min(1_000).max(86_400_000) }),
    result: result<null>(),
  },
} as const satisfies RequestRows;
