import { Button, Group } from '@mantine/core';
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import { endTour } from '../../bridge/tour';
import { setTour, useCrema, type Tour as TourState } from '../../store';
import { navigate } from '../../store/navigate';
import { machineTable, type Route } from '../../store/route';
import { useWords } from '../../text/useWords';
import classes from './Tour.module.css';

/** Each step shows a place of the window and marks a part of it (Tour.module.css). */
const steps = ['counts', 'table', 'machine', 'frames', 'connect'] as const;

function placeOf(step: (typeof steps)[number]): Route {
  switch (step) {
    case 'counts':
    case 'table':
      return machineTable('all');
    case 'machine': {
      const { list, machines } = useCrema.getState();
      const vmcNo = list.order.find((one) => machines.get(one)?.virtual === true);
      return vmcNo === undefined ? machineTable('all') : { screen: 'machines', vmcNo, tab: 'overview' };
    }
    case 'frames':
      return { screen: 'inspector' };
    case 'connect':
      return { screen: 'connect' };
  }
}

export function Tour() {
  const tour = useCrema((s) => s.tour);
  // A new dialog for each step, so that it is announced.
  return tour === null ? null : <Step key={tour.step} tour={tour} />;
}

function Step({ tour }: { readonly tour: TourState }) {
  const { t } = useWords();
  const id = useId();
  const { step, ownsMachines } = tour;
  const name = steps[step] ?? 'connect';
  const isLast = step === steps.length - 1;
  useEffect(() => {
    navigate(placeOf(name));
    document.documentElement.dataset['tour'] = name;
    return () => {
      delete document.documentElement.dataset['tour'];
    };
  }, [name]);
  const end = (): void => void endTour();
  const card = useRef<HTMLElement>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    end();
  });
  useEffect(() => {
    const box = card.current;
    const listen = (event: KeyboardEvent): void => onKey(event);
    box?.addEventListener('keydown', listen);
    return () => box?.removeEventListener('keydown', listen);
  }, []);
  const goTo = (next: number): void => setTour({ step: next, ownsMachines });
  return (
    <section
      ref={card}
      role="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className={classes['card']}
    >
      <div className={classes['head']}>
        <h2 id={`${id}-title`}>{t(`tour.step.${name}.title`)}</h2>
        <span className="dim tabular">{t('tour.of', { step: step + 1, count: steps.length })}</span>
      </div>
      <p id={`${id}-text`}>{t(`tour.step.${name}.text`)}</p>
      <Group gap="xs" justify="flex-end">
        {!isLast && (
          <Button variant="subtle" onClick={end}>
            {t('tour.skip')}
          </Button>
        )}
        {step > 0 && (
          <Button variant="default" onClick={() => goTo(step - 1)}>
            {t('tour.back')}
          </Button>
        )}
        <Button autoFocus onClick={() => (isLast ? end() : goTo(step + 1))}>
          {isLast ? t(ownsMachines ? 'tour.finishAndRemove' : 'tour.finish') : t('tour.next')}
        </Button>
      </Group>
    </section>
  );
}
