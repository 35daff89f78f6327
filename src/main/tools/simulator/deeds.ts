/** Actions of a virtual machine and their causes, for comparison with the verdicts on commands. */

/** The cause of an action that a virtual machine really performed. */
export type Cause =
  | {
      readonly by: 'frame';
      readonly cmd: string;
      readonly operation: string | null;
      readonly session: string | null;
      readonly orderNo: string | null;
      /** When the frame was read, ms. */
      readonly at: number;
    }
  | { readonly by: 'itself' }
  | { readonly by: 'customer' }
  | { readonly by: 'technician' };

/** One action that really happened. `at`: ms of the world's clock. */
export type Deed = { readonly at: number; readonly cause: Cause } & (
  | { readonly did: 'openedDoor' }
  | { readonly did: 'closedDoor' }
  | {
      readonly did: 'madeDrink';
      readonly productId: number;
      readonly orderNo: string;
      readonly payType: string;
    }
  | {
      readonly did: 'failedDrink';
      readonly productId: number;
      readonly orderNo: string;
      readonly payType: string;
      readonly reason: string;
    }
  | { readonly did: 'stopped' }
  | { readonly did: 'started' }
  | { readonly did: 'reconnected' }
  | { readonly did: 'setPrice'; readonly productId: number; readonly price: number }
  | { readonly did: 'setDiscount'; readonly percent: number }
  | { readonly did: 'rinsed'; readonly isOk: boolean }
  | { readonly did: 'refilled'; readonly changes: Readonly<Record<string, number>> }
  | { readonly did: 'locked'; readonly productIds: readonly number[]; readonly isLocked: boolean }
  | { readonly did: 'reportedStatus' }
  | { readonly did: 'reportedSupplies' }
  | { readonly did: 'sentFile'; readonly type: string }
  | { readonly did: 'upgraded'; readonly version: string }
  | { readonly did: 'tookPayment'; readonly orderNo: string; readonly isPaid: boolean }
  | { readonly did: 'showedQr'; readonly orderNo: string }
  | { readonly did: 'lostSale'; readonly orderNo: string; readonly why: string }
  | { readonly did: 'restartedPart'; readonly part: string }
  | { readonly did: 'clearedErrors' }
);

type Without<D> = D extends Deed ? Omit<D, 'at' | 'cause'> : never;
/** An action before its time and cause are added. */
type Did = Without<Deed>;
export type Log = (did: Did, cause: Cause) => void;

export const itself: Cause = { by: 'itself' };
export const byCustomer: Cause = { by: 'customer' };
export const byTechnician: Cause = { by: 'technician' };
