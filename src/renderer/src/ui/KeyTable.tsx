import { keyNames, keys, type KeyName } from '#shared/keys';
import { useWords } from '../text/useWords';
import { keyWords } from '../text/phrases';
import { keyText } from './keys';
import classes from './KeyTable.module.css';

/** The keyboard shortcut, beside its clickable element. */
export function KeyHint({ name }: { readonly name: KeyName }) {
  return <kbd className={classes['key']}>{keyText(name)}</kbd>;
}

const places = [...new Set(keyNames.map((name) => keys[name].where))];

/** All keyboard shortcuts (shared/keys.ts). */
export function KeyTable() {
  const words = useWords();
  const { t } = words;
  return (
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
                  <td>{keyWords(words, name)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
