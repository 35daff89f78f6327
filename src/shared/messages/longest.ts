/** How much of a text that a machine wrote is known of it: its frame keeps all. What one machine may fill of our memory is bounded, whatever it sends. */

/** Characters of codes, numbers and single words; of descriptions and names; and of an order's number, by which it is told from others. */
export const longestText = 200;
export const longestRemark = 1000;
const longestNumber = 100;
/** Members of an object whose names the machine chooses, and characters of such a name. */
const mostMembers = 200;
const longestName = 100;

/** A part of a long text, as what is left without its blanks, may hold on to the whole in memory: this one does not. */
const copied = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

export const shortened = (text: string, most: number): string =>
  copied(text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** An order's number. Of one that is far longer than any that was seen, its beginning and a number made of all of it. */
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

/** Looked at for nearly every message that has any: nothing is made for it. */
function areShort(members: Readonly<Record<string, string>>): boolean {
  let left = mostMembers;
  for (const name in members) {
    left -= 1;
    if (left < 0 || name.length > longestName || (members[name]?.length ?? 0) > longestText) return false;
  }
  return true;
}

/** 16 hexadecimal digits: not to be relied on against whoever wants two texts to have the same. */
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
