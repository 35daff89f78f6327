/** The second click of a double click, when something else has appeared under the pointer. */
import { describe, expect, it } from 'vitest';
import { ClickSeries } from '../../../../src/renderer/src/ui/strayClicks';

describe('a series of clicks', () => {
  it('counts on the control that it began on', () => {
    const series = new ClickSeries<string>();
    expect([1, 2, 3].map((count) => series.press('next', '', count) && series.counts(count))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('does not count on another control, nor back on the first', () => {
    const series = new ClickSeries<string>();
    expect(series.press('reboot', '', 1)).toBe(true);
    expect([series.press('confirm', '', 2), series.counts(2)]).toEqual([false, false]);
    expect([series.press('reboot', '', 3), series.counts(3)]).toEqual([false, false]);
  });

  it('does not count on the control with another label', () => {
    const series = new ClickSeries<string>();
    series.press('send', 'Brew', 1);
    expect(series.press('send', 'Brew anyway', 2)).toBe(false);
  });

  it('ends with its pause: the next click counts anywhere', () => {
    const series = new ClickSeries<string>();
    series.press('reboot', '', 1);
    series.press('confirm', '', 2);
    expect([series.press('confirm', '', 1), series.counts(1)]).toEqual([true, true]);
  });

  it('does not concern the keyboard', () => {
    const series = new ClickSeries<string>();
    series.press('reboot', '', 1);
    series.press('confirm', '', 2);
    expect(series.counts(0)).toBe(true);
  });

  it('that began beside all controls does not count on one', () => {
    const series = new ClickSeries<string>();
    expect([series.press(null, '', 1), series.press('confirm', '', 2)]).toEqual([true, false]);
  });
});
