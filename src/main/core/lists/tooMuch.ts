/** The code of an error that says that a table has more in it than any that is one. */
export const tooMuch = 'TOO_MUCH';
