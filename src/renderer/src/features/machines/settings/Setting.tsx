import { useId, type ReactNode } from 'react';
import classes from './MachineSettings.module.css';

interface SettingProps {
  readonly title: string;
  readonly notes: readonly string[];
  readonly children: (labelId: string) => ReactNode;
}

/** A setting with its explanation. */
export function Setting({ title, notes, children }: SettingProps) {
  const id = useId();
  return (
    <div className={classes['setting']}>
      <h2 id={id}>{title}</h2>
      <div className={classes['value']}>
        {children(id)}
        {notes.map((note) => (
          <p key={note} className="dim">
            {note}
          </p>
        ))}
      </div>
    </div>
  );
}
