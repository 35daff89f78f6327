import { useWords } from '../text/useWords';
import { CopyButton } from './Copyable';
import classes from './TerminalLine.module.css';

/** A command to type into a terminal. */
export function TerminalLine({ text }: { readonly text: string }) {
  const { t } = useWords();
  return (
    <div className={classes['line']}>
      <code data-copyable>{text}</code>
      <CopyButton text={() => text} what={t('connectWalk.command')} />
    </div>
  );
}
