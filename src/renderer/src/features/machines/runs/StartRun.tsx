import { Button, Select } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { commandNames, type CommandName } from '#shared/commands/index';
import { isForRuns, rowOf } from '#shared/commands/kit/rows';
import { mostMachinesOfRun } from '#shared/limits';
import type { JsonObject } from '#shared/model/json';
import type { PerMachine, RunStep, Sequence, SequenceStep } from '#shared/model/sequence';
import { askRun, useCrema, type RunWish } from '../../../store';
import { navigate } from '../../../store/navigate';
import { sequencesOf } from '../../../store/sequences';
import { ownTextWords, runTitle } from '../../../text/runWords';
import { useWords } from '../../../text/useWords';
import { Dialog } from '../../../ui/Dialog';
import { ChooseMachines } from './ChooseMachines';
import { Review } from './Review';
import { StepForm } from './StepForm';
import classes from './Start.module.css';

/** Inputs given at the start of a run, by step number. */
type Inputs = ReadonlyMap<number, { readonly input: JsonObject; readonly perMachine?: PerMachine }>;

const inputOf = (name: CommandName): JsonObject | null => (rowOf(name).fields?.length === 0 ? {} : null);

/** The steps with their inputs; `null`: one is missing. */
function filledSteps(steps: readonly SequenceStep[], inputs: Inputs): readonly RunStep[] | null {
  const filled = steps.map((step, place) =>
    step.do === 'command'
      ? { ...step, ...(step.input === null && (inputs.get(place) ?? { input: inputOf(step.name) })) }
      : step,
  );
  return filled.every((step) => step.do !== 'command' || step.input !== null) ? (filled as RunStep[]) : null;
}

/**
 * The button of the last step is gone, and with it the focus. The first field of the new form takes it, otherwise the dialog.
 * The choice of the command is outside the forms. It would open its list over the new step.
 */
function useFocusOfStep(step: string): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    if (document.activeElement !== document.body) return;
    const dialog = [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1);
    (dialog?.querySelector<HTMLElement>('form [data-autofocus]:not(:disabled)') ?? dialog)?.focus();
  }, [step]);
}

/** From chosen machines to a run: the command or sequence, its inputs, the affected machines, and the waves. */
export function StartRun({ wish }: { readonly wish: RunWish }) {
  const words = useWords();
  const { t } = words;
  const [machines, setMachines] = useState(wish.machines);
  const { command } = wish;
  const [what, setWhat] = useState<CommandName | Sequence | null>(command?.name ?? wish.sequence);
  const [inputs, setInputs] = useState<Inputs>(
    new Map(command === undefined ? [] : [[0, { input: command.input }]]),
  );
  /** Inputs from before the user went back. */
  const [before, setBefore] = useState<Inputs>(new Map());
  const close = (): void => askRun(null);
  const sequence = typeof what === 'string' ? null : what;
  const steps: readonly SequenceStep[] =
    typeof what === 'string' ? [{ do: 'command', name: what, input: null }] : (what?.steps ?? []);
  const filled = filledSteps(steps, inputs);
  const count = t('work.start.machines', { count: machines.length });
  const recordedTitle = command?.title ?? (sequence?.name || null);
  const shownName =
    command !== undefined || sequence?.name === ''
      ? runTitle(words, { title: recordedTitle, steps: filled ?? [] })
      : sequence === null
        ? null
        : ownTextWords(words, sequence.name);
  const place = steps.findIndex(
    (step, at) =>
      step.do === 'command' && step.input === null && !inputs.has(at) && inputOf(step.name) === null,
  );
  const missing = steps[place];
  useFocusOfStep(machines.length === 0 ? 'machines' : filled === null ? `input ${place}` : 'review');
  if (machines.length === 0)
    return (
      <Dialog title={t('work.choose.title', { name: shownName ?? '' })} size={720} onClose={close}>
        <ChooseMachines onChosen={setMachines} onCancel={close} />
      </Dialog>
    );
  const title = shownName === null ? t('work.start.title', { machines: count }) : `${shownName} · ${count}`;
  return (
    <Dialog title={title} size={640} isSentByButton onClose={close}>
      {machines.length > mostMachinesOfRun ? (
        <p role="alert">{t('work.start.tooMany', { max: mostMachinesOfRun })}</p>
      ) : (
        <div className={classes['page']}>
          {wish.sequence === null && command === undefined && (
            <ChooseWhat
              onChosen={(next) => {
                setWhat(next);
                setInputs(new Map());
                setBefore(new Map());
              }}
            />
          )}
          {missing?.do === 'command' && (
            <>
              {sequence !== null && (
                <p>
                  <strong>
                    {t('work.start.stepOf', {
                      command: t(`command.${missing.name}.name`),
                      step: place + 1,
                    })}
                  </strong>
                </p>
              )}
              <StepForm
                key={`${place} ${missing.name}`}
                name={missing.name}
                input={before.get(place)?.input ?? null}
                perMachine={before.get(place)?.perMachine}
                machines={machines}
                onFilled={(input, perMachine) =>
                  setInputs(new Map([...inputs, [place, { input, ...(perMachine && { perMachine }) }]]))
                }
                onCancel={close}
              />
            </>
          )}
          {steps.length > 0 && filled !== null && (
            <Review
              key={JSON.stringify(filled)}
              title={recordedTitle}
              steps={filled}
              machines={machines}
              onStarted={(run) => {
                close();
                wish.onStarted?.();
                if (command === undefined) navigate({ screen: 'work', tab: 'runs', run });
              }}
              onCancel={close}
            >
              {inputs.size > 0 && command === undefined && (
                <Button
                  variant="default"
                  onClick={() => {
                    setBefore(inputs);
                    setInputs(new Map());
                  }}
                >
                  {t('work.start.back')}
                </Button>
              )}
            </Review>
          )}
        </div>
      )}
    </Dialog>
  );
}

/** Choice of a command or a sequence. */
function ChooseWhat({ onChosen }: { readonly onChosen: (what: CommandName | Sequence | null) => void }) {
  const words = useWords();
  const { t } = words;
  const own = useCrema((s) => s.sequences.all);
  const sequences = sequencesOf(own).map(({ key, sequence }) => ({ value: `sequence ${key}`, sequence }));
  const commands = commandNames.filter(isForRuns);
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Select
      label={t('work.start.what')}
      placeholder={t('work.start.choose')}
      data-autofocus
      searchable
      value={chosen}
      comboboxProps={{ withinPortal: true }}
      data={[
        {
          group: t('work.start.commands'),
          items: commands.map((name) => ({ value: name, label: t(`command.${name}.name`) })),
        },
        {
          group: t('work.tabs.sequences'),
          items: sequences.map(({ value, sequence }) => ({
            value,
            label: ownTextWords(words, sequence.name),
          })),
        },
      ]}
      onChange={(next) => {
        setChosen(next);
        const command = commands.find((name) => name === next);
        onChosen(command ?? sequences.find(({ value }) => value === next)?.sequence ?? null);
      }}
    />
  );
}
