import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { longestAnswer, mostHeld, type HeldMessage } from '#shared/model/relay';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { Dialog } from '../../ui/Dialog';
import { createDrafts } from '../../ui/drafts';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { Ticking } from '../../ui/Ticking';
import { keepFocus } from '../../ui/keepFocus';
import classes from './Relay.module.css';

/** Held frames, which wait for the user. */
export function Held() {
  const { t } = useWords();
  const held = useCrema((s) => s.relay.held);
  const holds = useCrema((s) => s.settings.relay.rules.some(({ isOn, does }) => isOn && does === 'hold'));
  const [edited, setEdited] = useState<HeldMessage | null>(null);
  const release = useRequest('releaseHeld');
  const passAll = async (): Promise<void> => {
    // In order of arrival; if one fails, those after it wait too.
    for (const { conn, key } of held) if (!(await release.run({ conn, key, as: { type: 'pass' } }))) return;
  };
  if (held.length === 0 && !holds && edited === null) return null;
  return (
    <Panel
      title={t('relay.held')}
      aside={
        held.length > 1 && (
          <Button variant="default" size="compact-sm" loading={release.busy} onClick={() => void passAll()}>
            {t('relay.passAll')}
          </Button>
        )
      }
    >
      <div ref={keepFocus} className={classes['body']} tabIndex={-1}>
        {held.length >= mostHeld && (
          <p className={classes['mind']}>{t('relay.heldFull', { max: mostHeld })}</p>
        )}
        <ErrorNote error={release.error} />
        {held.length === 0 ? (
          <p className="dim">{t('relay.heldNone')}</p>
        ) : (
          <ul className={classes['held']} aria-label={t('relay.held')}>
            {held.map((one) => (
              <Boundary key={`${one.conn} ${one.key}`} as="item" where="held frame" of={one}>
                <HeldLine held={one} onEdit={() => setEdited(one)} />
              </Boundary>
            ))}
          </ul>
        )}
      </div>
      {edited !== null && (
        <EditDialog
          held={edited}
          isGone={!held.some(({ conn, key }) => conn === edited.conn && key === edited.key)}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}

const nameOf = ({ vmcNo, text }: HeldMessage): string => {
  const cmd = /"cmd"\s*:\s*"([^"]{1,40})"/.exec(text)?.[1] ?? '?';
  return vmcNo === null ? cmd : `${cmd} ${vmcNo}`;
};

function HeldLine({ held, onEdit }: { readonly held: HeldMessage; readonly onEdit: () => void }) {
  const { t, duration } = useWords();
  const release = useRequest('releaseHeld');
  const { conn, key, at, from, rule, text } = held;
  const what = nameOf(held);
  return (
    <li data-held={key}>
      <p className={classes['heldHead']}>
        <strong>{what}</strong>
        <span>{t(`relay.from.${from}`)}</span>
        <span className="dim">
          {t('relay.byRule', { rule })} · <Ticking text={(now) => duration(Math.max(0, now - at))} />
        </span>
      </p>
      <code className={classes['heldText']}>{text}</code>
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-xs"
          loading={release.busy}
          aria-label={t('relay.passOf', { what })}
          onClick={() => void release.run({ conn, key, as: { type: 'pass' } })}
        >
          {t('relay.pass')}
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          aria-label={t('relay.changeOf', { what })}
          onClick={onEdit}
        >
          {t('relay.changeHeld')}
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          loading={release.busy}
          aria-label={t('relay.dropOf', { what })}
          onClick={() => void release.run({ conn, key, as: { type: 'drop' } })}
        >
          {t('relay.drop')}
        </Button>
      </Group>
      <ErrorNote error={release.error} />
    </li>
  );
}

const isObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

interface EditDialogProps {
  readonly held: HeldMessage;
  /** The frame is no longer held. */
  readonly isGone: boolean;
  readonly onClose: () => void;
}
/** Drafts by message. */
const useDraft = createDrafts<string>();

function EditDialog({ held, isGone, onClose }: EditDialogProps) {
  const { t } = useWords();
  const release = useRequest('releaseHeld');
  const { conn, key, from } = held;
  const [text, setText, forget] = useDraft(`${conn} ${key}`, held.text, null);
  const leave = (): void => {
    forget();
    onClose();
  };
  return (
    <Dialog title={t('relay.changeTitle')} size={640} onClose={onClose}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void release.run({ conn, key, as: { type: 'edit', text } }).then((isDone) => isDone && leave());
        }}
      >
        <Textarea
          label={t('relay.body')}
          description={t('relay.bodyNote')}
          classNames={{ input: 'mono' }}
          data-autofocus
          autosize
          minRows={5}
          maxRows={14}
          spellCheck={false}
          maxLength={longestAnswer}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {!isObject(text) && <p className={classes['mind']}>{t('relay.bodyOdd')}</p>}
        <p className={classes['mind']}>{t(from === 'server' ? 'relay.toMachine' : 'relay.toServer')}</p>
        <ErrorNote error={isGone && !release.busy ? { code: 'heldGone', params: {} } : release.error} />
        <Group gap="sm" justify="flex-end">
          <Button variant="default" onClick={leave}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={release.busy} disabled={isGone}>
            {t('relay.send')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
