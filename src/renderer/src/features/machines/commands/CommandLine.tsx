import { memo } from 'react';
import type { Command } from '#shared/model/command';
import { commandLength, commandWords, outcomeWords } from '../../../text/commandWords';
import { useWords } from '../../../text/useWords';
import { CommandShape } from '../../../ui/CommandShape';
import { Ago, Ticking } from '../../../ui/Ticking';
import { useFacts } from './forms/products';
import classes from './Commands.module.css';

/** One command and its outcome. Its times update themselves. */
export const CommandLine = memo(function CommandLine({ command }: { readonly command: Command }) {
  const words = useWords();
  const facts = useFacts();
  const { id, createdAt } = command;
  const what = commandWords(words, command, facts);
  return (
    <div className={classes['line']} data-command={id} data-state={command.state}>
      <Ago at={createdAt} />
      <span title={what}>{what}</span>
      <span className={classes['outcome']}>
        <CommandShape state={command.state} size={14} /> {outcomeWords(words, command)}
      </span>
      <Ticking className="tabular" text={(now) => commandLength(words, command, now)} />
    </div>
  );
});

/** The column headings. */
export function CommandColumns() {
  const { t } = useWords();
  return (
    <div className={classes['columns']}>
      <span>{t('control.list.time')}</span>
      <span>{t('control.list.what')}</span>
      <span>{t('control.list.outcome')}</span>
      <span>{t('control.list.length')}</span>
    </div>
  );
}
