import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { commandNames, type CommandName } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import type { JsonObject } from '#shared/model/json';
import type { RunStep, SequenceStep } from '#shared/model/sequence';
import { askRun, type RunWish } from '../../../store';
import { navigate } from '../../../store/navigate';
import { saidWords } from '../../../text/runWords';
import { useWords } from '../../../text/useWords';
import { Dialog } from '../../../ui/Dialog';
import { Review } from './Review';
import { StepForm } from './StepForm';
import classes from './Start.module.css';

/** Packages have a screen of their own, and what is about an order is about one machine. */
const offered = commandNames.filter((name) => rowOf(name).offered !== 'order' && rowOf(name).needs === null);

/** What is filled in at the start of a run, by the number of its step. */
type Inputs = ReadonlyMap<number, JsonObject>;

const inputOf = (name: CommandName): JsonObject | null => (rowOf(name).fields?.length === 0 ? {} : null);

/** With what was filled in; `null`: one is still missing. */
function filledSteps(steps: readonly SequenceStep[], inputs: Inputs): readonly RunStep[] | null {
  const filled = steps.map((step, place) =>
    step.do === 'command' ? { ...step, input: step.input ?? inputs.get(place) ?? inputOf(step.name) } : step,
  );
  return filled.every((step) => step.do !== 'command' || step.input !== null) ? (filled as RunStep[]) : null;
}

/** From a choice of machines to a run: which command, what it needs, who gets it, in which waves. */
export function StartRun({ wish: { machines, sequence } }: { readonly wish: RunWish }) {
  const words = useWords();
  const { t } = words;
  const [name, setName] = useState<CommandName | null>(null);
  const [inputs, setInputs] = useState<Inputs>(new Map());
  const batch = name === null ? [] : [{ do: 'command', name, input: null } as const];
  const steps: readonly SequenceStep[] = sequence?.steps ?? batch;
  const filled = filledSteps(steps, inputs);
  const close = (): void => askRun(null);
  const count = t('work.start.machines', { count: machines.length });
  const title =
    sequence === null
      ? t('work.start.title', { machines: count })
      : `${saidWords(words, sequence.name)} · ${count}`;
  const place = steps.findIndex(
    (step, at) =>
      step.do === 'command' && step.input === null && !inputs.has(at) && inputOf(step.name) === null,
  );
  const missing = steps[place];
  return (
    <Dialog title={title} size={640} onClose={close}>
      <div className={classes['page']}>
        {sequence === null && (
          <Select
            label={t('work.start.command')}
            placeholder={t('work.start.choose')}
            data-autofocus
            searchable
            value={name}
            comboboxProps={{ withinPortal: true }}
            data={offered.map((one) => ({ value: one, label: t(`command.${one}.name`) }))}
            onChange={(next) => {
              setName(offered.find((one) => one === next) ?? null);
              setInputs(new Map());
            }}
          />
        )}
        {missing?.do === 'command' && (
          <>
            {sequence !== null && (
              <p>
                <strong>
                  {t('work.start.stepOf', { command: t(`command.${missing.name}.name`), step: place + 1 })}
                </strong>
              </p>
            )}
            <StepForm
              key={`${place} ${missing.name}`}
              name={missing.name}
              input={null}
              machines={machines}
              onFilled={(input) => setInputs(new Map([...inputs, [place, input]]))}
              onCancel={close}
            />
          </>
        )}
        {steps.length > 0 && filled !== null && (
          <Review
            key={JSON.stringify(filled)}
            title={sequence?.name ?? null}
            steps={filled}
            machines={machines}
            onStarted={(run) => {
              close();
              navigate({ screen: 'work', tab: 'runs', run });
            }}
            onCancel={close}
          >
            {inputs.size > 0 && (
              <Button variant="default" onClick={() => setInputs(new Map())}>
                {t('work.start.back')}
              </Button>
            )}
          </Review>
        )}
      </div>
    </Dialog>
  );
}
