import { day, minute } from '../commands/kit/inputs';
import { rule, screen } from './kit/rule';

/** [ours] ms in which a machine that accepts an upgrade requests the package. */
const comesWithin = 3 * minute;

const fetched = /^(?:updateXmlFetched|download|fetchedElsewhere|version|alreadyThere|accepted)/;

/** The machine got an upgrade command and has not downloaded the package. */
export const upgradeNotFetched = rule({
  severity: 'warning',
  reads: [],
  byTime: true,
  causes: { off: screen('connect'), unreachable: screen('upgrades') },
  when: ({ upgrade, updates, now }) => {
    if (upgrade?.sentAt == null || upgrade.steps.some(({ what }) => fetched.test(what))) return null;
    const waited = now - upgrade.sentAt;
    const isOpen = upgrade.state === 'sent' || upgrade.state === 'expired';
    if (!isOpen || waited < comesWithin || waited >= day) return null;
    return {
      cause: updates === 'listening' ? 'unreachable' : 'off',
      since: upgrade.sentAt,
      evidence: upgrade.steps.flatMap(({ what, entry }) =>
        what === 'sent' && entry !== null ? [entry] : [],
      ),
    };
  },
});
