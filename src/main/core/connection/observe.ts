/**
 * The policy for captures: records everything as received and answers nothing. Only the ends of a connection close it.
 * Findings that depend on the machine's state are added once the entries of all connections are in order (../state/captureFindings.ts).
 */
import type { Message } from '#shared/model/message';
import type { Head } from '#shared/model/frame';
import { afterMessage, type Conversation } from './conversation';
import type { Action, Policy } from './policy';

const none: readonly Action[] = [];

export const observe: Policy = {
  hasLimits: false,
  isRecording: true,
  headFor: ({ head }) => head ?? 'decimal',
  onFrame: ({ frame, message, findings }, before) => ({
    conversation: after(before, message, frame.head),
    findings: findings.length === 0 ? frame.findings : [...frame.findings, ...findings],
    actions: none,
  }),
};

/** A capture may begin with a message to a machine whose number does not occur before it. */
function after(before: Conversation, { from, body }: Message, head: Head | null): Conversation {
  if (from === 'machine') return afterMessage(before, body, head);
  return before.vmcNo === null && body.vmcNo !== null ? { ...before, vmcNo: body.vmcNo } : before;
}
