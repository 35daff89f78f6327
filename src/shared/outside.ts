/** Requests to the running app from outside, by a link or a file. They can only navigate. */
import { z } from 'zod';
import { journalNameForm } from './model/journal';

const vmcNo = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER);

const outsideLink = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('machine'), vmcNo }),
  // `id`: the frame's number. `journal`: the name of the journal with this number; left out: the shown journal.
  z.strictObject({
    to: z.literal('frame'),
    id,
    journal: z.string().regex(journalNameForm).exactOptional(),
  }),
  z.strictObject({ to: z.literal('errors') }),
  z.strictObject({ to: z.literal('error'), id }),
]);
export type OutsideLink = z.infer<typeof outsideLink>;

/** Limit of requests per launch. They cross process boundaries, so the receiver validates them. */
export const openingsLimit = 20;
const opening = z.union([
  outsideLink,
  z.strictObject({ to: z.literal('capture'), file: z.string().min(1).max(4_096) }),
]);
export type Opening = z.infer<typeof opening>;
export const openings = z.strictObject({ open: z.array(opening).max(openingsLimit) });

/** A place in the window's address: of a link, or of an import job. */
export type OutsidePlace = OutsideLink | { readonly to: 'job'; readonly id: number };

/** `journal` `null`: unknown. */
export const frameLink = (frame: number, journal: string | null): string =>
  `crema://${spelled({ to: 'frame', id: frame, ...(journal !== null && { journal }) })}`;

const number = (text: string | undefined): number => Number(text ?? Number.NaN);

/** Every form has one spelling, with an optional slash at the end, which some desktops add. `null`: not a link of Crema. */
export function parseLink(text: string): OutsideLink | null {
  const match =
    /^crema:\/\/(?:(machine|frame|error)\/(\d{1,16})|(errors))\/?(?:\?journal=([\da-f-]{36}))?$/.exec(text);
  if (match === null) return null;
  const [, to, count, , journal] = match;
  const parsed = outsideLink.safeParse({
    ...(to === 'machine'
      ? { to, vmcNo: number(count) }
      : to === undefined
        ? { to: 'errors' }
        : { to, id: number(count) }),
    ...(journal !== undefined && { journal }),
  });
  return parsed.success ? parsed.data : null;
}

/** The hash that navigates a window to these places, one after the other. Main sets it, and the window replaces it. */
export const outsideHash = (places: readonly OutsidePlace[]): string =>
  `#/outside/${places.map(spelled).join(',')}`;

function spelled(place: OutsidePlace): string {
  switch (place.to) {
    case 'machine':
      return `machine/${place.vmcNo}`;
    case 'frame':
      return `frame/${place.id}${place.journal === undefined ? '' : `?journal=${place.journal}`}`;
    case 'error':
    case 'job':
      return `${place.to}/${place.id}`;
    case 'errors':
      return 'errors';
  }
}

/** `null`: invalid, or contains an invalid place. */
export function parseOutsideHash(hash: string): readonly OutsidePlace[] | null {
  const rest = /^#\/outside\/(.*)$/.exec(hash)?.[1];
  if (rest === undefined) return null;
  const places = rest.split(',').map((text): OutsidePlace | null => {
    const job = /^job\/(\d{1,15})$/.exec(text);
    return job === null ? parseLink(`crema://${text}`) : { to: 'job', id: number(job[1]) };
  });
  return places.includes(null) ? null : places.filter((place) => place !== null);
}
