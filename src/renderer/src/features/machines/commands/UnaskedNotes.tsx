import { Button } from '@mantine/core';
import { askAgain, useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import classes from './Actions.module.css';

/** Commands of this machine that need no confirmation now, until when, and a button to end this. */
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
