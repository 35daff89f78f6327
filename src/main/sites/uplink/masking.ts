/** Masks entries before they are sent. A changed site keeps the private texts that were learnt before. */
import { Buffer } from 'node:buffer';
import { Masker } from '../../core/masking/masker';
import { PrivateTexts } from '../../core/masking/privateTexts';
import { packEntries, unpacked, type PackedEntries } from '../../journal/api';

export class SiteMasking {
  #learnt: { readonly key: string; readonly texts: PrivateTexts } | null = null;

  /** `maskKey`: one key for all launches, so that equal private texts get equal replacements. `codes`: verification codes. */
  maskOf({
    maskKey,
    codes,
  }: {
    readonly maskKey: string;
    readonly codes: readonly string[];
  }): (entries: PackedEntries) => PackedEntries {
    if (this.#learnt?.key !== maskKey)
      this.#learnt = { key: maskKey, texts: new PrivateTexts(Buffer.from(maskKey, 'hex'), []) };
    const { texts } = this.#learnt;
    texts.addCodes(codes);
    const masker = new Masker(texts);
    return (entries) => packEntries([...unpacked(entries)].map((entry) => masker.mask(entry).entry));
  }
}
