/** Node's switches where whole files are read: nearly all that is made of their entries dies young, and the more room that has (MB), the less is copied. */
export const bulkMemory = ['--max-semi-space-size=32'];
