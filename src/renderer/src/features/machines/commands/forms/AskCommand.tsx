import type { ComponentType } from 'react';
import { IconAlertTriangle } from '@tabler/icons-react';
import { commands, type CommandName } from '#shared/catalog/commands';
import type { JsonObject } from '#shared/model/json';
import type { MachineRow } from '#shared/model/machine';
import { useGive } from '../../../../bridge/commands';
import { commandWords } from '../../../../text/commandWords';
import { useWords } from '../../../../text/useWords';
import { Dialog } from '../../../../ui/Dialog';
import { BrewForm } from './BrewForm';
import { DiscountForm } from './DiscountForm';
import { PlainForm } from './PlainForm';
import { PricesForm } from './PricesForm';
import { UpgradeForm } from './UpgradeForm';
import type { FormProps } from './types';
import classes from './Ask.module.css';

const forms: Readonly<Partial<Record<CommandName, ComponentType<FormProps>>>> = {
  makeDrink: BrewForm,
  setPrices: PricesForm,
  setDiscount: DiscountForm,
  upgrade: UpgradeForm,
};

interface AskCommandProps {
  readonly row: MachineRow;
  readonly name: CommandName;
  readonly input: JsonObject | null;
  readonly onClose: () => void;
}

/** One question before a command is sent: what will happen to the machine, and what must be known for it. */
export function AskCommand({ row, name, input, onClose }: AskCommandProps) {
  const words = useWords();
  const { t } = words;
  const send = useGive();
  const { vmcNo, platform, online } = row;
  const form = {
    row,
    input,
    busy: send.busy,
    error: send.error,
    onCancel: onClose,
    onSend: async (filled: JsonObject) => {
      const taken = await send.give(vmcNo, name, filled);
      if (taken) onClose();
      return taken;
    },
  };
  const Form = forms[name];
  const { risk, proof, queueFor } = commands[name];
  return (
    <Dialog
      title={`${t(`command.${name}.name`)} · ${vmcNo}${row.name === '' ? '' : ` ${row.name}`}`}
      size={name === 'setPrices' ? 620 : 460}
      onClose={onClose}
    >
      <div className={classes['what']}>
        <IconAlertTriangle size={16} aria-hidden />
        <p>
          <strong>{t(`commandRisk.${risk}`)}</strong> {t(`command.${name}.ask`)}
        </p>
      </div>
      {input !== null && Form === undefined && <p>{commandWords(words, { name, input })}</p>}
      {!online && (
        <p className={classes['note']}>{t('control.offlineWait', { time: words.duration(queueFor) })}</p>
      )}
      {platform !== null && proof[platform] === 'none' && name !== 'answerQr' && (
        <p className={classes['note']}>{t('control.cannotProve', { platform })}</p>
      )}
      {Form === undefined ? <PlainForm {...form} name={name} /> : <Form {...form} />}
    </Dialog>
  );
}
