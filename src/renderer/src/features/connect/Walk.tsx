import { Button, Group, NumberInput, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircle, IconMinus } from '@tabler/icons-react';
import {
  appendedPort,
  walkSteps,
  type StepName,
  type StepState,
  type Trap,
  type Walk,
  type WalkStep,
} from '#shared/connectWalk';
import type { Arrival } from '#shared/model/arrivals';
import { expect, useCrema } from '../../store';
import { anyKey } from '../../text/t';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { hostPort, named } from '../../ui/where';
import { ArrivalFacts } from './ArrivalFacts';
import { Cable } from './Cable';
import { Firewall } from './Firewall';
import { useFold } from '../../store/remembered';
import { Fold } from '../../ui/Fold';
import type { WalkHere } from './useWalk';
import classes from './Walk.module.css';

/** The awaited machine number. */
export function Expected() {
  const { t } = useWords();
  const value = useCrema((s) => s.expecting);
  return (
    <label className={classes['expected']}>
      {t('connectWalk.expected')}
      <NumberInput
        value={value ?? ''}
        onChange={(next) => expect(typeof next === 'number' && Number.isSafeInteger(next) ? next : null)}
        allowDecimal={false}
        min={1}
        allowNegative={false}
        hideControls
        w={120}
      />
    </label>
  );
}

const icons: Readonly<Record<StepState, React.ReactNode>> = {
  ok: <IconCheck size={14} aria-hidden />,
  stop: <IconAlertTriangle size={14} aria-hidden />,
  unknown: <IconMinus size={14} aria-hidden />,
  after: <IconCircle size={14} aria-hidden />,
};

/** The row of checks; some stand for several steps. */
const checks = {
  listening: ['listening'],
  network: ['reachable'],
  adapter: ['adapter'],
  ownAddress: ['selfTest'],
  connection: ['arrives'],
  data: ['bytes', 'frames'],
  login: ['login', 'number', 'policy', 'stays'],
} as const satisfies Readonly<Record<string, readonly StepName[]>>;
const checkNames = Object.keys(checks) as readonly (keyof typeof checks)[];

function stateOf({ steps, isEarly }: Walk, names: readonly StepName[]): StepState {
  const states = steps.flatMap(({ name, state }) => (names.includes(name) ? state : []));
  // A machine may still be starting.
  if (states.includes('stop')) return isEarly ? 'after' : 'stop';
  return states.every((state) => state === 'ok') ? 'ok' : 'after';
}

/** How far a connection has come, in one row. */
export function Checks({ walk }: { readonly walk: Walk }) {
  const { t } = useWords();
  return (
    <ul className={classes['checks']} aria-label={t('connectWalk.checks')}>
      {checkNames.map((name) => {
        const state = stateOf(walk, checks[name]);
        return (
          <li key={name} data-check={name} data-state={state === 'stop' ? 'failed' : state}>
            {icons[state]}
            {t(`connectWalk.check.${name}`)}
            <VisuallyHidden component="span">: {t(`connectWalk.state.${state}`)}</VisuallyHidden>
          </li>
        );
      })}
    </ul>
  );
}

/** The steps before the failed one, each with its evidence. */
function Steps({ walk }: { readonly walk: Walk }) {
  const { t } = useWords();
  const says = useSays();
  return (
    <ol className={classes['steps']} aria-label={t('connectWalk.summary')}>
      {walk.steps.map((step) => {
        const { name, state, code } = step;
        // A step that was not checked has no text.
        if (code === '' || state === 'stop') return null;
        return (
          <Boundary key={name} as="item" where={`step ${name} of the walk`} of={step}>
            <li data-step={name} data-code={code} data-state={state}>
              {icons[state]}
              <div>
                <VisuallyHidden component="span">{t(`connectWalk.state.${state}`)}: </VisuallyHidden>
                <span className={classes['says']}>{says(step, walk)}</span>
              </div>
            </li>
          </Boundary>
        );
      })}
    </ol>
  );
}

/** The failed step: what was seen, what it means, what to do. Nothing while a machine may still be starting. */
export function Failed(here: WalkHere) {
  const { walk } = here;
  const step = walk.steps.find(({ state }) => state === 'stop');
  if (step === undefined || walk.isEarly) return null;
  return (
    <Boundary where={`step ${step.name} of the walk`} of={step}>
      <FailedStep {...here} step={step} />
    </Boundary>
  );
}

function useSays(): (step: WalkStep, walk: Walk) => string {
  const words = useWords();
  const adapters = useCrema((s) => s.adapters);
  return ({ name, code, params }, { arrival }) => {
    const { host = '', port = 0, bytes = 0, ms = 0 } = params;
    const filled = {
      ...params,
      where: named(String(host), Number(port), adapters),
      bytes: words.bytes(Number(bytes)),
      time: words.duration(Number(ms)),
      who: arrival === null ? '' : endOf(words, arrival, params['by'] === 'server'),
    };
    return anyKey(words.t)(`connectWalk.says.${name}.${code}`, filled);
  };
}

function endOf({ t }: Words, { ended }: Arrival, byCrema: boolean): string {
  if (ended === null) return '';
  const reason = t(`close.${ended.reason}`);
  return byCrema ? t('connectWalk.byCrema', { reason }) : reason;
}

/** Steps after an arrival; earlier obstacles affect every connection and need no arrival facts. */
const isOfArrival = (name: StepName): boolean => walkSteps.indexOf(name) > walkSteps.indexOf('arrives');

/** Shown at once; the others are one press away. */
const likeliest = 3;

function FailedStep({ step, walk, test }: WalkHere & { readonly step: WalkStep }) {
  const { t } = useWords();
  const says = useSays();
  const { name, code, traps } = step;
  const { arrival, times } = walk;
  const unaddressed = useCrema((s) =>
    code === 'selfGiven' ? s.network.find((one) => one.name === step.params['name']) : undefined,
  );
  return (
    <div className={classes['failed']} data-step={name} data-code={code} data-state="stop">
      <strong className={classes['says']}>{says(step, walk)}</strong>
      <p>{anyKey(t)(`connectWalk.help.${name}.${code}`)}</p>
      {arrival !== null && isOfArrival(name) && <ArrivalFacts arrival={arrival} />}
      {times > 1 && isOfArrival(name) && name !== 'number' && (
        <p>{t('connectWalk.times', { count: times })}</p>
      )}
      <Traps traps={traps.slice(0, likeliest)} label={t('connectWalk.likeliest')} />
      {unaddressed !== undefined && <Cable adapter={unaddressed} />}
      {name === 'selfTest' && <OwnAddress walk={walk} test={test} label={t('connectWalk.testAgain')} />}
    </div>
  );
}

/** Numbered, likeliest first. */
function Traps({ traps, label }: { readonly traps: readonly Trap[]; readonly label: string }) {
  const { t } = useWords();
  if (traps.length === 0) return null;
  return (
    <ol className={classes['traps']} aria-label={label}>
      {traps.map((trap) => (
        <li key={trap}>{t(`connectWalk.trap.${trap}`, { usual: appendedPort })}</li>
      ))}
    </ol>
  );
}

/** Tests this computer's own address again. */
function OwnAddress({ walk, test, label }: Pick<WalkHere, 'walk' | 'test'> & { readonly label: string }) {
  const listener = useCrema((s) => s.listeners.machines);
  const { testHost } = walk;
  if (testHost === null) return null;
  return (
    <Group gap="sm">
      <Button
        size="compact-sm"
        variant="default"
        loading={test.busy}
        onClick={test.run}
        title={listener.status === 'listening' ? hostPort(testHost, listener.port) : ''}
      >
        {label}
      </Button>
      <ErrorNote error={test.error} />
    </Group>
  );
}

/** Everything else about the check, folded: most people never need it. `isShown`: the check is. */
export function More({ walk, test, isShown }: WalkHere & { readonly isShown: boolean }) {
  const { t } = useWords();
  const listener = useCrema((s) => s.listeners.machines);
  const traps = walk.steps.find(({ state }) => state === 'stop')?.traps ?? [];
  const isWaiting = isShown && walk.stop === 'arrives' && listener.status === 'listening';
  const firewall = useFold('firewall');
  const causes = useFold('causes');
  const steps = useFold('steps');
  return (
    <>
      {isWaiting && (
        <Fold isCard {...firewall} title={t('connectWalk.firewall')}>
          <Firewall port={listener.port} />
        </Fold>
      )}
      {(isWaiting || (isShown && traps.length > likeliest)) && (
        <Fold isCard {...causes} title={t('connectWalk.allCauses')}>
          <Traps traps={traps} label={t('connectWalk.allCauses')} />
        </Fold>
      )}
      <Fold isCard {...steps} title={t('connectWalk.summary')}>
        <Steps walk={walk} />
        {isWaiting && <OwnAddress walk={walk} test={test} label={t('connectWalk.tryOwn')} />}
      </Fold>
    </>
  );
}
