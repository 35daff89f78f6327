/**
 * A connection uses the number of a verified machine that is still there, and proves nothing. It is answered, because a closed connection costs
 * a real machine minutes, but the number is not its own: what it says changes no machine and proves no command.
 */
import type { Finding } from '#shared/findings';
import type { SignResult } from '#shared/model/machine';
import type { Holder } from './claims';
import type { Conversation } from './conversation';
import type { Action } from './policy';

/** [ours] ms after which the machine's own connection is told again that another uses its number. */
const claimedAgain = 300_000;

/** Whether the number stays with its holder, whatever another connection says. `sign`: of the login that it says it with. */
export const keepsNumber = (
  { isVerified, isAlive }: Pick<Holder, 'isVerified' | 'isAlive'>,
  sign: SignResult | null,
): boolean => isVerified && isAlive && sign?.kind !== 'matched';

export interface Contest {
  readonly conversation: Conversation;
  readonly finding: Finding;
  readonly actions: readonly Action[];
}

/** `after`: the conversation, had the number been taken. `isLogin`: the frame is one. */
export function contested(
  before: Conversation,
  after: Conversation,
  holder: Holder,
  { vmcNo, isLogin, at }: { readonly vmcNo: number; readonly isLogin: boolean; readonly at: number },
): Contest {
  const toldAt = before.contest?.vmcNo === vmcNo ? before.contest.toldAt : null;
  const isDue = toldAt === null || isLogin || at < toldAt || at - toldAt >= claimedAgain;
  const { conn, peer } = before;
  const claimed: Finding = {
    code: 'number.claimed',
    params: { conn, address: peer.remoteAddress, here: holder.address },
  };
  return {
    conversation: {
      ...after,
      vmcNo: before.vmcNo,
      contest: { vmcNo, toldAt: isDue ? at : toldAt },
    },
    finding: { code: 'number.contested', params: { vmcNo, conn: holder.conn, address: holder.address } },
    actions: isDue ? [{ type: 'remark', conn: holder.conn, finding: claimed }] : [],
  };
}
