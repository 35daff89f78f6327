import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { CommandName } from '#shared/commands/index';
import { riskOn, rowOf } from '#shared/commands/kit/rows';
import type { JsonObject } from '#shared/model/json';
import type { MachineRow } from '#shared/model/machine';
import { useGive } from '../../../../bridge/commands';
import { stopAsking } from '../../../../store';
import { isAskedForProof, mayBeUnasked, unaskedFor } from '../../../../store/unasked';
import { commandWords } from '../../../../text/commandWords';
import { useWords } from '../../../../text/useWords';
import { Dialog } from '../../../../ui/Dialog';
import { WarningNote } from '../../../../ui/WarningNote';
import { ownOf } from '../own';
import { CommandForm } from './CommandForm';
import classes from './Ask.module.css';

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
  const [isLast, setLast] = useState(false);
  const [isAnyway, setAnyway] = useState(false);
  const { vmcNo, platform, online } = row;
  const form = {
    name,
    row,
    input,
    busy: send.busy,
    error: send.error,
    onCancel: onClose,
    onSend: async (filled: JsonObject) => {
      const taken = await send.give(vmcNo, name, filled, isAnyway);
      if (!taken) return false;
      if (isLast) stopAsking(vmcNo, name, Date.now());
      onClose();
      return true;
    },
  };
  const { Form, formWidth = 460 } = ownOf(name);
  const { fields, stages, queueFor, ofOneBuild } = rowOf(name);
  const risk = riskOn(name, platform);
  const shown = fields?.some(({ hidden }) => !hidden) ?? true;
  return (
    <Dialog
      title={`${t(`command.${name}.name`)} · ${vmcNo}${row.name === '' ? '' : ` ${row.name}`}`}
      size={formWidth}
      isSentByButton={risk !== 'none'}
      onClose={onClose}
    >
      {risk === 'none' ? (
        <p>{t(`command.${name}.ask`)}</p>
      ) : (
        <div className={classes['what']}>
          <WarningNote>
            <strong>{t(`commandRisk.${risk}`)}</strong> {t(`command.${name}.ask`)}
          </WarningNote>
        </div>
      )}
      {input !== null && !shown && <p>{commandWords(words, { name, input })}</p>}
      {isAskedForProof(name, row) && (
        <div className={classes['what']}>
          <WarningNote role="alert">
            <p>{t('identity.ask')}</p>
            <Checkbox
              label={t('identity.anyway')}
              checked={isAnyway}
              onChange={(event) => setAnyway(event.currentTarget.checked)}
            />
          </WarningNote>
        </div>
      )}
      {!online && (
        <p className={classes['note']}>{t('control.offlineWait', { time: words.duration(queueFor) })}</p>
      )}
      {platform !== null && stages[platform].length === 0 && (
        <p className={classes['note']}>{t('control.cannotProve', { platform: words.platform(platform) })}</p>
      )}
      {platform === 'android' && ofOneBuild && (
        <p className={classes['note']}>{t('control.ofOneBuild', { platform: words.platform(platform) })}</p>
      )}
      {mayBeUnasked(name, row) && online && (
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
