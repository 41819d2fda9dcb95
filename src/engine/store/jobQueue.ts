/** Runs a job once all jobs before it have ended. */
export type JobQueue = <Result>(job: () => Promise<Result>) => Promise<Result>;

/** Runs one job after another, even if earlier ones fail. */
export function createJobQueue(): JobQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const queued = last.then(job, job);
    last = queued;
    return queued;
  };
}
