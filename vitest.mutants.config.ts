/** The unit tests that mutants of the pure core have to survive: `npm run mutants`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'test/unit/main/core/**/*.test.ts',
      'test/unit/main/machines/{commands,runs}/**/*.test.ts',
      'test/unit/main/tools/simulator/**/*.test.ts',
      'test/unit/shared/**/*.test.ts',
    ],
    testTimeout: 60_000,
  },
});
