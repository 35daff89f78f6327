import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { CommandName } from '#shared/commands/index';
import { isAcceptable, type AcceptableReason } from '#shared/commands/kit/possible';
import { riskOn, rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { JsonObject } from '#shared/model/json';
import type { MachineRow } from '#shared/model/machine';
import { useGive } from '../../../../bridge/commands';
import { stopAsking, useCrema } from '../../../../store';
import { commandedSite } from '../../../../store/sites';
import { isAskedForProof, mayBeUnasked, unaskedFor } from '../../../../store/unasked';
import { commandWords } from '../../../../text/commandWords';
import { hindranceWords } from '../../../../text/hindranceWords';
import { useWords } from '../../../../text/useWords';
import { Dialog } from '../../../../ui/Dialog';
import { clock } from '../../../../ui/ticker';
import { WarningNote } from '../../../../ui/WarningNote';
import { useAgainst } from '../hindrance';
import { ownOf } from '../own';
import { CommandForm } from './CommandForm';
import classes from './Ask.module.css';

interface Accepted {
  readonly why: AcceptableReason;
  readonly params: AppError['params'];
}

/** The reason of a refusal, if a person may accept it. */
function acceptableIn(error: AppError | null): Accepted | null {
  if (error?.code !== 'commandNotPossible') return null;
  const { why, ...params } = error.params;
  return typeof why === 'string' && isAcceptable(why) ? { why, params } : null;
}

interface AskCommandProps {
  readonly row: MachineRow;
  readonly name: CommandName;
  readonly input: JsonObject | null;
  readonly onClose: () => void;
}

/** The confirmation of a command: its effect on the machine, and its input. */
export function AskCommand({ row, name, input, onClose }: AskCommandProps) {
  const words = useWords();
  const { t } = words;
  const send = useGive();
  const site = useCrema(commandedSite);
  const [isLast, setLast] = useState(false);
  const [isAnyway, setAnyway] = useState(false);
  const { vmcNo, platform, online } = row;
  // An input can have a reason of its own, for example an empty material. Main names it, and the next press with the
  // same input accepts it.
  const [found, setFound] = useState<readonly Accepted[]>([]);
  const [sent, setSent] = useState('');
  const refused = acceptableIn(send.error);
  if (refused !== null && found.every(({ why }) => why !== refused.why)) setFound([...found, refused]);
  const known = useAgainst(row)(name, input ?? undefined).reasons;
  const reasons = [...known, ...found.filter(({ why }) => why !== 'notVerified')].filter(
    ({ why }, at, all) => all.findIndex((one) => one.why === why) === at,
  );
  const form = {
    name,
    row,
    input,
    busy: send.busy,
    error: refused === null || refused.why === 'notVerified' ? send.error : null,
    ...(reasons.length > 0 && { yes: t('control.anyway', { command: t(`command.${name}.send`) }) }),
    onCancel: onClose,
    onSend: async (filled: JsonObject) => {
      const isSame = JSON.stringify(filled) === sent;
      if (!isSame) {
        setSent(JSON.stringify(filled));
        setFound([]);
      }
      const accepted = (isSame ? reasons : known).map(({ why }) => why);
      const taken = await send.give(vmcNo, name, filled, isAnyway ? [...accepted, 'notVerified'] : accepted);
      if (!taken) return false;
      if (isLast) stopAsking(vmcNo, name, clock());
      onClose();
      return true;
    },
  };
  const { Form, formWidth = 520 } = ownOf(name);
  const { fields, stages, queueFor, ofOneBuild } = rowOf(name);
  const risk = riskOn(name, platform);
  const shown = fields?.some(({ hidden }) => !hidden) ?? true;
  const needsProof = isAskedForProof(name, row);
  // One warning has all that speaks against it.
  const isWarned = reasons.length > 0 || needsProof;
  return (
    <Dialog
      title={`${t(`command.${name}.name`)} · ${vmcNo}${row.name === '' ? '' : ` ${row.name}`}`}
      size={formWidth}
      isSentByButton={risk !== 'none'}
      onClose={onClose}
    >
      {risk === 'none' && !isWarned ? (
        <p>{t(`command.${name}.ask`)}</p>
      ) : (
        <div className={classes['what']}>
          <WarningNote {...(isWarned && { role: 'alert' })}>
            <p>
              {risk !== 'none' && <strong>{t(`commandRisk.${risk}`)} </strong>}
              {t(`command.${name}.ask`)}
            </p>
            {reasons.map(({ why, params }) => (
              <p key={why}>
                <strong>{hindranceWords(words, name, { why, params })}</strong>
                {why !== 'notVerified' && ` ${t(`commandAccept.${why}`)}`}
              </p>
            ))}
            {needsProof && (
              <>
                <p>{t('identity.ask')}</p>
                <Checkbox
                  label={t('identity.anyway')}
                  checked={isAnyway}
                  onChange={(event) => setAnyway(event.currentTarget.checked)}
                />
              </>
            )}
          </WarningNote>
        </div>
      )}
      {input !== null && !shown && <p>{commandWords(words, { name, input })}</p>}
      {!online && (
        <p className={classes['note']}>{t('control.offlineWait', { time: words.duration(queueFor) })}</p>
      )}
      {platform !== null && stages[platform].length === 0 && (
        <p className={classes['note']}>{t('control.cannotProve', { platform: words.platform(platform) })}</p>
      )}
      {platform === 'android' && ofOneBuild && (
        <p className={classes['note']}>{t('control.ofOneBuild', { platform: words.platform(platform) })}</p>
      )}
      {site !== null && (
        <p className={classes['note']} role="status">
          {t(send.busy ? 'sites.command.asking' : 'sites.command.note', { site: site.name })}
        </p>
      )}
      {mayBeUnasked(name, row) && online && site === null && (
        <Checkbox
          className={classes['note'] ?? ''}
          label={t('control.dontAsk', { time: words.duration(unaskedFor) })}
          checked={isLast}
          onChange={(event) => setLast(event.currentTarget.checked)}
        />
      )}
      {Form !== undefined ? <Form {...form} /> : fields !== null && <CommandForm {...form} fields={fields} />}
    </Dialog>
  );
}
