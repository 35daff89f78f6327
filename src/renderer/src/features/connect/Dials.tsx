import { Button, Group } from '@mantine/core';
import { IconPhoneOutgoing } from '@tabler/icons-react';
import { useState } from 'react';
import { connectErrors, isSameTarget, mostDials, type Dial, type DialTarget } from '#shared/model/dial';
import type { MachineStatus } from '#shared/model/machine';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { createDrafts } from '../../ui/drafts';
import { ErrorNote } from '../../ui/ErrorNote';
import { LiveRegion } from '../../ui/LiveRegion';
import { StateShape } from '../../ui/StateShape';
import { TargetFields } from '../../ui/TargetFields';
import { Ticking } from '../../ui/Ticking';
import { keepFocus } from '../../ui/keepFocus';
import { readTarget, typedOf, type TypedTarget } from '../../ui/typedTarget';
import { hostPort } from '../../ui/where';
import { useFold } from '../../store/remembered';
import { Fold } from '../../ui/Fold';
import classes from './Connect.module.css';

const shapes: Readonly<Record<Dial['status'], MachineStatus>> = {
  connecting: 'restarting',
  connected: 'online',
  waiting: 'warning',
};

const useDraft = createDrafts<TypedTarget>();

type Wrong = 'host' | 'port' | 'twice' | 'many';

/** The typed target, or its error. */
function readTyped(typed: TypedTarget, targets: readonly DialTarget[]): DialTarget | Wrong {
  const target = readTarget(typed, null);
  if (typeof target === 'string') return target;
  if (targets.some((one) => isSameTarget(one, target))) return 'twice';
  return targets.length >= mostDials ? 'many' : target;
}

/** Outbound connections: through a serial server, or to a machine's own service port. */
export function Dials() {
  const { t } = useWords();
  const targets = useCrema((s) => s.settings.dials);
  const dials = useCrema((s) => s.dials);
  const set = useRequest('setDials');
  const [typed, setTyped] = useDraft('', typedOf(null), null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const add = async (): Promise<void> => {
    const target = readTyped(typed, targets);
    setWrong(typeof target === 'string' ? target : null);
    if (typeof target === 'string') return;
    if (await set.run({ dials: [...targets, target] })) setTyped(typedOf(null));
  };
  const type = (patch: Partial<TypedTarget>): void => {
    setTyped({ ...typed, ...patch });
    setWrong(null);
  };
  return (
    <Fold isCard {...useFold('dials', targets.length > 0)} title={t('dials.title')}>
      <p className="dim">{t('dials.text')}</p>
      {targets.length > 0 && (
        <ul ref={keepFocus} className={classes['dials']} aria-label={t('dials.title')}>
          {targets.map((target) => (
            <Boundary
              key={`${target.host} ${target.port}`}
              as="item"
              where="machine that is called"
              of={target}
            >
              <DialLine
                target={target}
                dial={dials.find((one) => isSameTarget(one, target)) ?? null}
                busy={set.busy}
                onRemove={() => void set.run({ dials: targets.filter((one) => one !== target) })}
              />
            </Boundary>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Group gap="sm" align="start" mt="sm">
          <TargetFields
            typed={typed}
            onType={type}
            host={{
              label: t('dials.host'),
              placeholder: '192.168.1.50',
              error:
                wrong === null || wrong === 'port' ? null : t(`dials.wrong.${wrong}`, { max: mostDials }),
            }}
            port={{
              label: t('dials.port'),
              placeholder: '',
              error: wrong === 'port' ? t('dials.wrong.port') : null,
            }}
          />
          <Button
            type="submit"
            variant="default"
            mt="var(--label)"
            loading={set.busy}
            leftSection={<IconPhoneOutgoing size={15} aria-hidden />}
          >
            {t('dials.call')}
          </Button>
        </Group>
      </form>
      <p className="dim">{t('dials.noTls')}</p>
      <ErrorNote error={set.error} />
    </Fold>
  );
}

interface DialLineProps {
  readonly target: DialTarget;
  /** `null`: the server has not reported a state yet. */
  readonly dial: Dial | null;
  readonly busy: boolean;
  readonly onRemove: () => void;
}
function DialLine({ target, dial, busy, onRemove }: DialLineProps) {
  const words = useWords();
  const { t } = words;
  const again = useRequest('dialNow');
  const name = hostPort(target.host, target.port);
  const status = dial?.status ?? 'connecting';
  return (
    <li className={classes['dial']} data-dial={name} data-status={status}>
      <StateShape
        status={status === 'connected' && dial?.vmcNo == null ? 'silence' : shapes[status]}
        size={13}
        decorative
      />
      <span className="mono">{name}</span>
      <span className={classes['dialState']}>
        {dial === null ? (
          t('dials.status.connecting')
        ) : (
          <Ticking text={(now) => stateWords(words, dial, now)} />
        )}
      </span>
      <LiveRegion>{announcedWords(words, dial, name)}</LiveRegion>
      <Group gap="xs" wrap="nowrap">
        {status === 'waiting' && (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={t('dials.nowOf', { name })}
            onClick={() => void again.run(target)}
          >
            {t('dials.now')}
          </Button>
        )}
        <Button
          variant="default"
          size="compact-xs"
          loading={busy}
          aria-label={t('dials.removeOf', { name })}
          onClick={onRemove}
        >
          {t('dials.remove')}
        </Button>
      </Group>
      <ErrorNote error={again.error} />
    </li>
  );
}

/** A constant text during repeated failures. */
function announcedWords({ t }: Words, dial: Dial | null, name: string): string {
  if (dial === null || (dial.status === 'connecting' && dial.failures === 0))
    return t('dials.spoken.connecting', { name });
  const { status, vmcNo } = dial;
  if (status !== 'connected') return t('dials.spoken.waiting', { name });
  return vmcNo === null ? t('dials.spoken.silent', { name }) : t('dials.spoken.connected', { name, vmcNo });
}

function stateWords({ t, duration }: Words, dial: Dial, now: number): string {
  const { status, since, nextAt, detail, failures, vmcNo } = dial;
  if (status === 'connecting') return t('dials.status.connecting');
  const time = duration(now - since);
  if (status === 'connected')
    return vmcNo === null ? t('dials.status.silent', { time }) : t('dials.status.connected', { vmcNo, time });
  const code = connectErrors.find((one) => one === detail);
  const why =
    detail === ''
      ? t(failures === 0 ? 'dials.why.ended' : 'dials.why.hungUp')
      : code === undefined
        ? t('dials.why.other', { detail })
        : t(`dials.why.${code}`);
  return `${why} ${t('dials.status.waiting', { time: duration(Math.max(0, (nextAt ?? now) - now)) })}`;
}
