/**
 * A connection without proof uses the number of a verified machine that is still connected. Crema answers it, because a closed connection
 * costs a real machine minutes. The number stays with its holder: the messages change no machine and prove no command.
 */
import type { Finding } from '#shared/findings';
import type { SignResult } from '#shared/model/machine';
import type { Holder } from './claims';
import type { Conversation } from './conversation';
import type { Action } from './policy';

/** [ours] ms between two reports to the holder that another connection uses its number. */
const reportInterval = 300_000;

/** Whether the holder keeps its number against another connection. `sign`: of that connection's login. */
export const keepsNumber = (
  { isVerified, isAlive }: Pick<Holder, 'isVerified' | 'isAlive'>,
  sign: SignResult | null,
): boolean => isVerified && isAlive && sign?.kind !== 'matched';

export interface Contest {
  readonly conversation: Conversation;
  readonly finding: Finding;
  readonly actions: readonly Action[];
}

/** `after`: the conversation as if it had taken the number. `isLogin`: the frame is a login. */
export function contested(
  before: Conversation,
  after: Conversation,
  holder: Holder,
  { vmcNo, isLogin, at }: { readonly vmcNo: number; readonly isLogin: boolean; readonly at: number },
): Contest {
  const reportedAt = before.contest?.vmcNo === vmcNo ? before.contest.reportedAt : null;
  const isDue = reportedAt === null || isLogin || at < reportedAt || at - reportedAt >= reportInterval;
  const { conn, peer } = before;
  const claimed: Finding = {
    code: 'number.claimed',
    params: { conn, address: peer.remoteAddress, here: holder.address },
  };
  return {
    conversation: {
      ...after,
      vmcNo: before.vmcNo,
      contest: { vmcNo, reportedAt: isDue ? at : reportedAt },
    },
    finding: { code: 'number.contested', params: { vmcNo, conn: holder.conn, address: holder.address } },
    actions: isDue ? [{ type: 'remark', conn: holder.conn, finding: claimed }] : [],
  };
}
