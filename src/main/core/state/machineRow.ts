/** Rows for the list of machines, small enough to send thousands of them. */
import { titleOfError } from '#shared/errors/codes';
import { heardOf, linkFacts } from '#shared/model/linkFacts';
import { goesWithinOf } from '#shared/commands/kit/rows';
import { isRestarting } from '#shared/model/restarts';
import { errorsInOrder, ratedClosed, ratedError } from '#shared/model/selling';
import { versionsKnown } from '#shared/model/version';
import type {
  MachineConfig,
  MachineRow,
  MachineState,
  Platform,
  ShownDiagnosis,
} from '#shared/model/machine';
import { lastClaim, verificationOf } from '#shared/model/verified';
import { VersionDoubts } from './versionDoubts';
import { isConfirmed, type ActiveFault, type ClosedFault } from '#shared/model/activeFault';
import type { LeftCommand } from '#shared/model/leftCommand';
import type { VersionDoubt } from '#shared/model/knownVersions';

/** `hasCode`: a verification code is stored. `doubts`: by default without downloads that Crema follows, as for machines in a capture. */
export function machineRow(
  machine: MachineState,
  config: MachineConfig,
  virtual: boolean,
  {
    hasCode = false,
    doubts = new VersionDoubts().of(machine.vmcNo, machine),
    isStranger = false,
    diagnosis = null,
    leftCommand = null,
  }: {
    readonly hasCode?: boolean;
    readonly doubts?: readonly VersionDoubt[];
    readonly isStranger?: boolean;
    readonly diagnosis?: ShownDiagnosis | null;
    readonly leftCommand?: LeftCommand | null;
  } = {},
): MachineRow {
  const platform = config.platform ?? machine.platform;
  const [worst] = errorsInOrder(machine.errors, platform);
  const [closed] = errorsInOrder(machine.closed, platform);
  const { link } = machine;
  return {
    vmcNo: machine.vmcNo,
    name: config.name,
    place: config.place,
    model: config.model || (machine.login?.model ?? ''),
    platform,
    ...versionsKnown(machine, doubts),
    online: link.status === 'online',
    address: link.status === 'online' ? link.peer.remoteAddress : null,
    since: link.since,
    gone: link.status === 'offline' ? link.reason : null,
    ...heardOf(machine),
    link: linkFacts(machine),
    restarting: link.status === 'offline' && isRestarting(machine, goesWithinOf) ? link.since : null,
    doorOpen: machine.door?.value === 'open',
    cupBlocked: machine.cupBlocked !== null,
    locked: machine.locked?.value === true,
    ...failedDrinkOf(machine),
    ...(leftCommand !== null && { leftCommand }),
    worst: worst === undefined ? null : worstShown(worst, platform),
    closed: closed === undefined ? null : closedShown(closed, platform, machine.closed.length - 1),
    errorCount: machine.errors.length,
    findingCount: Object.keys(machine.findings).length,
    virtual,
    verification: verificationOf(machine, { hasCode, signPolicy: config.signPolicy, platform }),
    claim: lastClaim(machine),
    ...(link.status === 'online' && link.peer.relay !== undefined && { relay: link.peer.relay.is }),
    ...(isStranger && { stranger: true }),
    ...(diagnosis !== null && { diagnosis }),
  };
}

function failedDrinkOf({ lastDrink }: MachineState): Pick<MachineRow, 'failedDrink'> {
  if (lastDrink?.value.state !== 'failed') return {};
  const { failReason, productId, productName, ordered } = lastDrink.value;
  const isTest = ordered !== undefined && ordered.by !== 'server' ? { isTest: true as const } : {};
  return {
    failedDrink: { reason: failReason ?? '', at: lastDrink.at, productId, productName, ...isTest },
  };
}

const worstShown = (error: ActiveFault, platform: Platform | null): MachineRow['worst'] => ({
  code: error.code,
  ...ratedError(error, platform),
  since: error.since,
  unconfirmed: !isConfirmed(error),
  ...(error.madeSince !== undefined && { madeAt: error.madeSince.at }),
  ...describedOf(error),
});

const closedShown = (
  error: ClosedFault,
  platform: Platform | null,
  others: number,
): MachineRow['closed'] => ({
  code: error.code,
  at: error.closed.at,
  by: error.closed.by,
  ...ratedClosed(error, platform),
  ...describedOf(error),
  others,
});

/** The machine's own description, if it is the title of the code. */
function describedOf({ code, description }: ActiveFault): { readonly description?: string } {
  const title = titleOfError(code, description)?.en;
  return title === undefined || title === titleOfError(code)?.en ? {} : { description: title };
}
