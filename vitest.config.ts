import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Models and a browser start in some files, on machines of two cores.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    setupFiles: ['tests/setup.ts'],
    // A busy machine shows a frame late; what fails twice is wrong. The report marks what was tried again.
    retry: 1,
    // Each worker that loads the segmenter holds 250 MB.
    maxWorkers: 2,
  },
})
