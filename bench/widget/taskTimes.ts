/** The fields of a Chromium trace record that are used here. Times are in microseconds. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Measured by the thread's own clock, so waiting for a core does not count. */
  tdur?: number;
  args: unknown;
}

/** The trace categories for `taskTimes`. */
export const TRACED = ["toplevel", "devtools.timeline", "v8"];

const RUNS_CODE = ["EvaluateScript", "FunctionCall"];

/**
 * Processor time of each main-thread task that ran code of a script whose address contains `script`,
 * milliseconds, with the rendering that was done in the same task.
 */
export function taskTimes(trace: Buffer, script: string): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const runs = traceEvents.filter(
    ({ name, args }) => RUNS_CODE.includes(name) && JSON.stringify(args).includes(script),
  );
  const [first] = runs;
  if (first === undefined) return [];
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      name.endsWith("RunTask") && ph === "X" && pid === first.pid && tid === first.tid,
  );
  const ofScript = tasks.filter((task) => runs.some((run) => isWithin(run, task)));
  return ofScript.map(({ tdur = 0 }) => tdur / 1000);
}

function isWithin(inner: TraceEvent, task: TraceEvent): boolean {
  const isSameThread = inner.pid === task.pid && inner.tid === task.tid;
  return isSameThread && inner.ts >= task.ts && inner.ts < task.ts + (task.dur ?? 0);
}
