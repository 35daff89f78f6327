/**
 * The policy for captures: what passes is recorded as it came, nothing is answered, and nothing but the ends of a connection
 * ends it. What is to be remarked by comparison with the machine's state is found where the entries of all connections are in order
 * (../captureFindings.ts).
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

/** A capture may begin with a word to a machine that has said no number in it. */
function after(before: Conversation, { from, body }: Message, head: Head | null): Conversation {
  if (from === 'machine') return afterMessage(before, body, head);
  return before.vmcNo === null && body.vmcNo !== null ? { ...before, vmcNo: body.vmcNo } : before;
}
