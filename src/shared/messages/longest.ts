/** Length limits of texts from machines in memory; the stored frame keeps everything. They bound the memory per machine, whatever it sends. */

/** Limits in characters: codes, numbers and keywords; descriptions and names; order numbers, which must remain distinct. */
export const longestText = 200;
export const longestRemark = 1000;
const longestNumber = 100;
/** Limits of the members of an object with names chosen by the machine, and of such a name. */
const mostMembers = 200;
const longestName = 100;

/** A copy without reference to the original: a trimmed or sliced string may keep the whole original in memory. */
const copied = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

export const shortened = (text: string, most: number): string =>
  copied(text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** An order number. If longer than every known one: its beginning and a digest of the whole number. */
export const shortNumber = (text: string): string =>
  copied(text.length <= longestNumber ? text : `${text.slice(0, longestNumber - 17)}…${digest(text)}`);

export const isLongNumber = (text: string): boolean => text.length > longestNumber;

export function shortMembers(members: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (areShort(members)) return members;
  return Object.fromEntries(
    Object.entries(members)
      .slice(0, mostMembers)
      .map(([name, value]) => [shortened(name, longestName), shortened(value, longestText)]),
  );
}

/** Runs for nearly every message with such members, so it creates no objects. */
function areShort(members: Readonly<Record<string, string>>): boolean {
  let left = mostMembers;
  for (const name in members) {
    left -= 1;
    if (left < 0 || name.length > longestName || (members[name]?.length ?? 0) > longestText) return false;
  }
  return true;
}

/** 16 hexadecimal digits. Not safe against deliberate collisions. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) + a;
  }
  return [a ^ (b >>> 15), b ^ (a >>> 13)].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
