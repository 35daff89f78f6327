import { Button } from '@mantine/core';
import { askAgain, useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import classes from './Actions.module.css';

/** What this machine is told without a question, until when, and the way back. */
export function UnaskedNotes({ vmcNo }: { readonly vmcNo: number }) {
  const words = useWords();
  const { t } = words;
  const unasked = useCrema((s) => s.unasked);
  const mine = unasked.filter((one) => one.vmcNo === vmcNo);
  return (
    <div aria-live="polite">
      {mine.map(({ name, until }) => (
        <p key={name} className={classes['unasked']}>
          {t('control.unasked', { name: t(`command.${name}.name`), time: words.clock(until).slice(0, 5) })}
          <Button size="compact-xs" variant="default" onClick={() => askAgain(vmcNo, name)}>
            {t('control.askAgain')}
          </Button>
        </p>
      ))}
    </div>
  );
}
