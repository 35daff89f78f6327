/** What a frame means, in a few words, from its command and the beginning of its body. */
import type { FrameRow, JsonObject, JsonValue } from '#shared/model/frame';
import type { Words } from './words';

/** `null`: nothing beyond the command's own name, or a command nobody knows. */
export function frameMeaning(words: Words, row: FrameRow): string | null {
  const { t } = words;
  if (row.kind === 'junk' || row.cmd === null) return null;
  const body = parse(row.text);
  const plain = words.command(row.cmd);
  switch (row.cmd) {
    case 'error': {
      const code = text(body?.['error_code']);
      if (code === null) return plain;
      const params = { what: words.errorPhrase(code), code };
      // As the machine's state reads it: set unless it says that it is not.
      return isFalse(body?.['isSet']) ? t('meaning.errorCleared', params) : t('meaning.errorSet', params);
    }
    case 'machinestatus': {
      const status = text(body?.['status']);
      return status !== null && isStatusWord(status) ? t(`meaning.statusWord.${status}`) : (status ?? plain);
    }
    case 'login': {
      const version = text(body?.['version']);
      return version === null ? plain : t('meaning.loginVersion', { version });
    }
    case 'login_r': {
      const ret = text(body?.['ret']);
      if (ret === null) return plain;
      return ret === '0' ? t('meaning.loginOk') : t('meaning.loginRet', { ret });
    }
    case 'qrcode': {
      const amount = Number(body?.['Amount'] ?? Number.NaN);
      return Number.isFinite(amount) ? t('meaning.qr', { what: words.yuan(amount) }) : plain;
    }
    case 'productdone': {
      const what = text(body?.['ProductName']) ?? productId(words, body);
      if (what === null) return plain;
      const ok = body?.['isok'] ?? body?.['isOk'];
      return isTrue(ok) ? t('meaning.drinkMade', { what }) : t('meaning.drinkFailed', { what });
    }
    case 'remote': {
      const operation = text(body?.['operation']);
      return operation === null ? plain : t('meaning.remote', { operation });
    }
    default:
      return plain;
  }
}

function productId(words: Words, body: JsonObject | null): string | null {
  const id = text(body?.['ProductId'] ?? body?.['product_id']);
  return id === null ? null : words.t('machine.product', { id });
}

const statusWords = ['clearerror', 'cupblock', 'dooropen', 'doorclose', 'supply', 'machinelock'] as const;
function isStatusWord(status: string): status is (typeof statusWords)[number] {
  return (statusWords as readonly string[]).includes(status);
}

function text(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function isFalse(value: JsonValue | undefined): boolean {
  return value === false || value === 0 || (typeof value === 'string' && /^\s*(?:false|0)\s*$/i.test(value));
}

function isTrue(value: JsonValue | undefined): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}

/** A list line carries the beginning of a body only, so a long one may not parse: then its members are looked for one by one. */
function parse(body: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as JsonObject) : null;
  } catch {
    return members(body);
  }
}

const member = /"(\w+)"\s*:\s*(?:"([^"\\]*)"|(true|false|-?\d+(?:\.\d+)?))/g;
function members(body: string): JsonObject {
  const found: Record<string, JsonValue> = {};
  for (const [, name, string, literal] of body.matchAll(member))
    if (name !== undefined) found[name] ??= string ?? (literal as string);
  return found;
}
