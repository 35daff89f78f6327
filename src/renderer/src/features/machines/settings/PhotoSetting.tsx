import { Button, FileButton, Group } from '@mantine/core';
import { useState } from 'react';
import { photoLimits } from '#shared/limits';
import { useRequest } from '../../../bridge/request';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { SettingBlock } from '../../../ui/SettingBlock';
import { photoAddress, smallerPicture } from './picture';
import classes from './MachineSettings.module.css';

interface PhotoSettingProps {
  readonly vmcNo: number;
  /** `null`: there is none. */
  readonly photo: string | null;
}

/** Pictures are decoded, scaled and encoded here, in the sandbox; the main process never decodes one. */
export function PhotoSetting({ vmcNo, photo }: PhotoSettingProps) {
  const { t } = useWords();
  const set = useRequest('setMachinePhoto');
  const [wrong, setWrong] = useState<'noPicture' | 'tooBig' | null>(null);
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    set.clear();
    setWrong(file.size > photoLimits.picked ? 'tooBig' : null);
    if (file.size > photoLimits.picked) return;
    const picture = await smallerPicture(file);
    if (picture === null) setWrong('noPicture');
    else await set.run({ vmcNo, picture });
  };
  return (
    <SettingBlock title={t('machinePhoto.title')} notes={[t('machinePhoto.note')]}>
      {() => (
        <>
          {photo !== null && (
            <img
              className={classes['photo']}
              src={photoAddress(photo)}
              alt={t('machinePhoto.of', { vmcNo })}
              data-photo={photo}
            />
          )}
          <Group gap="sm" mt={photo === null ? 0 : 'xs'}>
            <FileButton
              accept="image/jpeg,image/png,image/webp,image/gif"
              onChange={(file) => void take(file)}
            >
              {(props) => (
                <Button {...props} variant="default" loading={set.busy}>
                  {t(photo === null ? 'machinePhoto.choose' : 'machinePhoto.change')}
                </Button>
              )}
            </FileButton>
            {photo !== null && (
              <Button
                variant="default"
                disabled={set.busy}
                onClick={() => void set.run({ vmcNo, picture: null })}
              >
                {t('machinePhoto.remove')}
              </Button>
            )}
          </Group>
          {wrong !== null && (
            <p className={classes['wrong']} role="alert">
              {t(`machinePhoto.${wrong}`)}
            </p>
          )}
          <ErrorNote error={set.error} />
        </>
      )}
    </SettingBlock>
  );
}
