import { useId, type ReactNode } from 'react';
import { useWords } from '../text/useWords';
import classes from './SettingBlock.module.css';

interface SettingBlockProps {
  readonly title: string;
  /** Its default and its explanations, shown as one grey line. */
  readonly notes: readonly string[];
  readonly children: (labelId: string) => ReactNode;
}

/** A setting: name, control, and one line about it. */
export function SettingBlock({ title, notes, children }: SettingBlockProps) {
  const { language } = useWords();
  const id = useId();
  return (
    <div className={classes['setting']}>
      <h3 id={id}>{title}</h3>
      <div className={classes['value']}>
        {children(id)}
        {notes.length > 0 && <p className="dim">{notes.join(language === 'zh-CN' ? '' : ' ')}</p>}
      </div>
    </div>
  );
}
