// Times of jobs that are not written in them.

/** When it was submitted; ids of version 7 begin with that time. */
export function submittedAt(job) {
  return job.submittedAt ?? new Date(Number.parseInt(job.id.slice(0, 8) + job.id.slice(9, 13), 16)).toISOString();
}

/**
 * Milliseconds that a running job needs yet: as its progress has gone so far, or by the estimate that came with it; nothing
 * where neither says anything.
 */
export function timeLeft(job, now = Date.now()) {
  const percent = job.progress?.percent ?? 0;
  const elapsed = now - Date.parse(job.startedAt ?? "");
  if (percent >= 1 && percent < 100 && elapsed > 0) {
    return (elapsed * (100 - percent)) / percent;
  }
  return job.estimate ? job.estimate.seconds * 1000 : undefined;
}
