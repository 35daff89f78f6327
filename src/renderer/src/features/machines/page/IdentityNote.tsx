import { Button } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import type { MachineRow } from '#shared/model/machine';
import { showFrame } from '../../../store/navigate';
import { useNumbered } from '../../../bridge/numbered';
import { numberText } from '../../../text/entryNumber';
import { useWords } from '../../../text/useWords';
import { Ago } from '../../../ui/Ticking';
import { useShownClaim } from '../../../ui/IdentityBadge';
import classes from './MachineHeader.module.css';

function EntryNumber({ entry }: { readonly entry: number }) {
  const { t } = useWords();
  return t('identity.entry', { entry: numberText(useNumbered(entry)) });
}

/** A report about the machine's number, with its evidence; at most two lines. The headline says that a machine is not verified. */
export function IdentityNote({ row }: { readonly row: MachineRow }) {
  const { t } = useWords();
  const { vmcNo, online, verification } = row;
  const claim = useShownClaim(row.claim);
  if (claim === null) return null;
  const stays = online && verification === 'verified';
  const kind = claim.kind === 'claimed' && !stays ? 'claimedBefore' : claim.kind;
  return (
    <div className={classes['identity']} role="status" data-identity-note>
      <IconShieldX size={16} aria-hidden />
      <p>
        {t(`identity.${kind}`, { address: claim.address, of: claim.of })} (<Ago at={claim.at} />){' '}
        <Button size="compact-xs" variant="default" onClick={() => showFrame(vmcNo, claim.entry)}>
          <EntryNumber entry={claim.entry} />
        </Button>
      </p>
    </div>
  );
}
