import type { CommandName } from '#shared/catalog/commands';
import { useWords } from '../../../../text/useWords';
import { AskFoot } from './AskFoot';
import type { FormProps } from './types';
import classes from './Ask.module.css';

interface PlainFormProps extends FormProps {
  readonly name: CommandName;
}

/** A command with nothing to fill in. */
export function PlainForm({ name, input, onSend, onCancel, busy, error }: PlainFormProps) {
  const { t } = useWords();
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void onSend(input ?? (name === 'openDoor' ? { spelling: 'opendoor' } : {}));
      }}
    >
      <AskFoot
        yes={t(`command.${name}.send`)}
        ready
        autoFocus
        busy={busy}
        error={error}
        onCancel={onCancel}
      />
    </form>
  );
}
