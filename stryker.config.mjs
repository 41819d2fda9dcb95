/**
 * Mutation testing of the rooms that hold the formulas: each operator, condition and constant is changed
 * once, and a test beside it must fail. `ROOM=events npm run test:mutation` checks one room, with its own
 * tests alone, `TESTS="{rank,rules}"` with some of them. Mutants that survive, and why: docs/measurements.md.
 */
export const ROOMS = process.env.ROOM
  ? [process.env.ROOM]
  : ["network", "events", "ranking", "learning"];

/** These need a GPU, which Node lacks: e2e/trainers-agree.spec.ts compares them with the plain trainer. */
const NEEDS_WEBGL = ["webgl", "epochShader", "stateTexture", "webglAccess"];

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: [
    ...ROOMS.map((room) => `src/engine/${room}/!(*.test).ts`),
    ...NEEDS_WEBGL.map((file) => `!src/engine/learning/${file}.ts`),
  ],
  testRunner: "vitest",
  vitest: { configFile: "stryker.vitest.config.mjs" },
  coverageAnalysis: "perTest",
  concurrency: 2,
  // A test is stopped after its usual time and a half, and five seconds more: the loop has no end.
  timeoutFactor: 1.5,
  timeoutMS: 5000,
  thresholds: { high: 90, low: 80, break: 80 },
  reporters: ["progress-append-only", "clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: `.cache/mutation/${ROOMS.join("-")}-report.json` },
  // Constants made while a module loads keep their old verdict: `--force` asks for all anew.
  incremental: true,
  incrementalFile: `.cache/mutation/${ROOMS.join("-")}.json`,
  tempDirName: ".cache/mutation/sandbox",
  ignorePatterns: ["**", "!src/**", "!package.json", "!tsconfig.json", "!stryker.*"],
  // No such file: rewriting paths in one needs the compiler's old interface, which TypeScript 7 lacks.
  tsconfigFile: "none",
  allowConsoleColors: false,
};
