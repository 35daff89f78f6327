import { useWords } from '../../text/useWords';
import { KeyHint } from '../../ui/KeyHint';
import { keyNames, keys } from '../../ui/keys';
import { Panel } from '../../ui/Panel';
import classes from './KeysPanel.module.css';

const places = [...new Set(keyNames.map((name) => keys[name].where))];

/** Every key there is (ui/keys.ts). */
export function KeysPanel() {
  const { t } = useWords();
  return (
    <Panel title={t('keys.title')}>
      <div className={classes['places']}>
        {places.map((place) => (
          <table key={place} className={classes['keys']}>
            <caption>{t(`keys.where.${place}`)}</caption>
            <tbody>
              {keyNames
                .filter((name) => keys[name].where === place)
                .map((name) => (
                  <tr key={name}>
                    <th scope="row">
                      <KeyHint name={name} />
                    </th>
                    <td>{t(`keys.does.${name}`)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
      </div>
    </Panel>
  );
}
