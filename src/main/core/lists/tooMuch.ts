/** Error code of a table with more cells than the limit. */
export const tooMuch = 'TOO_MUCH';
