import { Button } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import type { MachineRow } from '#shared/model/machine';
import { isUnverified } from '#shared/model/verified';
import { showFrame } from '../../../store/navigate';
import { useWords } from '../../../text/useWords';
import { Ago } from '../../../ui/Ticking';
import { useShownClaim } from '../../../ui/IdentityBadge';
import classes from './MachineHeader.module.css';

/** One doubt about the machine's identity, the one with evidence first; at most two lines. Hidden without a doubt. */
export function IdentityNote({ row }: { readonly row: MachineRow }) {
  const { t } = useWords();
  const { vmcNo, online, verification, address } = row;
  const claim = useShownClaim(row.claim);
  if (claim === null && !isUnverified(row)) return null;
  const stays = online && verification === 'verified';
  const kind = claim?.kind === 'claimed' && !stays ? 'claimedBefore' : claim?.kind;
  return (
    <div className={classes['identity']} role="status" data-identity-note>
      <IconShieldX size={16} aria-hidden />
      {claim === null || kind === undefined ? (
        <p>{t('identity.unverified', { address: address ?? '' })}</p>
      ) : (
        <p>
          {t(`identity.${kind}`, { address: claim.address, of: claim.of })} (<Ago at={claim.at} />){' '}
          <Button size="compact-xs" variant="default" onClick={() => showFrame(vmcNo, claim.entry)}>
            {t('identity.entry', { entry: claim.entry })}
          </Button>
        </p>
      )}
    </div>
  );
}
