import { Button, Group, Progress, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { optionalSupport, type OptionalSupport, type SupportState } from '#shared/model/support';
import { request, useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { percentOf } from '../../text/captureWords';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { FramesForm } from './FramesForm';
import { PartList } from './PartList';
import classes from './Support.module.css';

/** The whole content of the support file with sizes, before it is saved. */
export function SupportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const state = useCrema((s) => s.support);
  const [without, setWithout] = useState<readonly OptionalSupport[]>([]);
  const collect = useRequest('supportCollect');
  const [error, setError] = useState<AppError | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void collect.run(undefined);
  });
  const close = (): void => {
    void request('supportEnd', undefined);
    onClose();
  };
  const save = async (): Promise<void> => {
    const reply = await request('supportSave', { without: [...without] });
    setError(reply.ok ? null : reply.error);
  };
  const isBusy = state?.doing != null;
  const parts = state?.parts ?? [];
  return (
    <Dialog title={t('support.title')} size={780} onClose={close}>
      <Stack gap="sm">
        <p className="dim">{t('packages.sentences', { a: t('support.stays'), b: t('support.private') })}</p>
        {parts.length > 0 && (
          <PartList
            parts={parts}
            frames={state?.frames ?? null}
            without={without}
            isBusy={isBusy}
            onInclude={(kind, isIn) =>
              setWithout(optionalSupport.filter((one) => (one === kind ? !isIn : without.includes(one))))
            }
          />
        )}
        {parts.length > 0 && <FramesForm isBusy={isBusy} has={state?.frames != null} />}
        <Step state={state} />
        <ErrorNote error={error ?? collect.error} />
        <Group gap="sm" justify="flex-end" className={classes['buttons']}>
          {!isBusy && parts.length === 0 && (
            <Button variant="default" onClick={() => void collect.run(undefined)}>
              {t('support.again')}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {t('support.close')}
          </Button>
          <Button disabled={isBusy || parts.length === 0} onClick={() => void save()}>
            {t('support.save')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** The current activity, or its result. */
function Step({ state }: { readonly state: SupportState | null }) {
  const words = useWords();
  const { t } = words;
  const cancel = useRequest('supportCancel');
  if (state === null) return null;
  const { doing, problem, saved } = state;
  if (doing !== null) {
    const what = t(`support.doing.${doing.what}`);
    return (
      <Group gap="sm" wrap="nowrap">
        <span role="status" className={classes['doing']}>
          {what}
        </span>
        <Progress
          className={classes['progress'] ?? ''}
          size="sm"
          value={percentOf(doing)}
          aria-label={what}
          transitionDuration={0}
        />
        <Button
          size="compact-xs"
          variant="default"
          loading={cancel.busy}
          onClick={() => void cancel.run(undefined)}
        >
          {t('app.cancel')}
        </Button>
      </Group>
    );
  }
  if (problem !== null)
    return (
      <p role="alert" className={classes['problem']}>
        {t('support.failed')} {t(`capture.problem.${problem.code}`, { detail: problem.detail })}
      </p>
    );
  if (saved !== null)
    return (
      <p role="status" className={classes['saved']}>
        {t('support.saved', { file: saved.file, size: words.bytes(saved.bytes) })}
      </p>
    );
  return null;
}
