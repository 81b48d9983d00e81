package dev.leat.plugin;

import java.util.Optional;

/**
 * How an attempt failed, as {@link JobHandler#onError} learns it.
 *
 * @param reason what people will read about it
 * @param thrown what the handler threw; empty where it returned {@link JobOutcome#failed} or one of its relatives, or a
 *     result that is too large
 * @param retried whether the job is tried again; where it is not, it has failed for good
 */
public record AttemptFailure(String reason, Optional<Throwable> thrown, boolean retried) {}
