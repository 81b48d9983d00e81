package dev.leat.schemas;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Attempts;
import dev.leat.domain.AwaitedJob;
import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Intake;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.PastAttempt;
import dev.leat.domain.Waits;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.avro.AwaitedRecord;
import dev.leat.schemas.avro.EndRequestPart;
import dev.leat.schemas.avro.ErrorRecord;
import dev.leat.schemas.avro.JobSnapshot;
import dev.leat.schemas.avro.OutcomePart;
import dev.leat.schemas.avro.PastAttemptPart;
import dev.leat.schemas.avro.WatcherRecord;

/** Jobs as the projector keeps them. */
final class SnapshotMapping {

    static final Codec.Mapping<Job, JobSnapshot> MAPPING = new Codec.Mapping<>(JobSnapshot.class,
            SnapshotMapping::toAvro, (_, avro) -> Optional.of(fromAvro(avro)));

    private SnapshotMapping() {}

    /** By setters, here and where the parts are made: generated builders look up each field's default, which costs more. */
    private static JobSnapshot toAvro(Job job) {
        Attempts attempts = job.attempts();
        JobSnapshot snapshot = new JobSnapshot();
        snapshot.setJobId(job.id().toString());
        snapshot.setState(job.state().wireName());
        snapshot.setAttempt(attempts.current());
        snapshot.setSubmission(job.submission().map(SnapshotParts::part).orElse(null));
        snapshot.setClaims(attempts.claims().stream().map(SnapshotParts::part).toList());
        snapshot.setClosedClaims(attempts.closed().stream().map(ClaimId::value).toList());
        snapshot.setSpent(attempts.spent());
        snapshot.setCheckpoint(attempts.checkpoint().map(Bytes::write).orElse(null));
        snapshot.setRetryAt(attempts.retryAt().orElse(null));
        snapshot.setAwaitedJobs(attempts.awaited().stream().map(JobId::toString).toList());
        snapshot.setWatchers(watchers(job.waits()));
        snapshot.setEndedForAttempt(job.waits().attempt());
        snapshot.setEnded(ended(job.waits()));
        snapshot.setPast(attempts.past().stream().map(SnapshotMapping::part).toList());
        snapshot.setScheduled(job.intake().scheduled());
        snapshot.setAdmitted(job.intake().admitted());
        snapshot.setQueued(job.intake().queued());
        snapshot.setEndRequests(parts(job.endRequests()));
        snapshot.setOutcome(job.outcome().map(SnapshotMapping::part).orElse(null));
        return snapshot;
    }

    private static Job fromAvro(JobSnapshot avro) {
        return new Job(JobId.parse(avro.getJobId()),
                JobState.ofWireName(avro.getState())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Expected a job state, but got '" + avro.getState() + "'")),
                Optional.ofNullable(avro.getSubmission()).map(SnapshotParts::submission),
                new Intake(avro.getScheduled(), avro.getAdmitted(), avro.getQueued()),
                new Attempts(avro.getAttempt(), avro.getSpent(), Optional.ofNullable(avro.getRetryAt()),
                        avro.getAwaitedJobs().stream().map(JobId::parse).toList(),
                        avro.getClaims().stream().map(SnapshotParts::claim).toList(),
                        avro.getClosedClaims().stream().map(ClaimId::new).toList(),
                        Optional.ofNullable(avro.getCheckpoint()).map(Bytes::checkpoint),
                        avro.getPast().stream().map(SnapshotMapping::past).toList()),
                endRequests(avro.getEndRequests()), waits(avro),
                Optional.ofNullable(avro.getOutcome()).map(SnapshotMapping::outcome));
    }

    /** In the order of the ids, so that equal jobs have equal bytes; likewise below. */
    private static List<WatcherRecord> watchers(Waits waits) {
        return waits.watchers()
                .stream()
                .sorted()
                .map(watcher -> new WatcherRecord(watcher.job().toString(), watcher.attempt()))
                .toList();
    }

    private static List<AwaitedRecord> ended(Waits waits) {
        return waits.ended()
                .values()
                .stream()
                .sorted(Comparator.comparing(AwaitedJob::job))
                .map(AwaitedParts::stored)
                .toList();
    }

    private static Waits waits(JobSnapshot avro) {
        return new Waits(
                avro.getWatchers()
                        .stream()
                        .map(watcher -> new Waits.Watcher(JobId.parse(watcher.getJobId()), watcher.getAttempt()))
                        .collect(Collectors.toSet()),
                avro.getEndedForAttempt(),
                avro.getEnded()
                        .stream()
                        .map(AwaitedParts::read)
                        .collect(Collectors.toMap(AwaitedJob::job, Function.identity())));
    }

    private static PastAttemptPart part(PastAttempt past) {
        return new PastAttemptPart(past.number(), past.worker().value(), past.startedAt(), past.endedAt(),
                past.ending().wireName(), part(past.error()));
    }

    private static PastAttempt past(PastAttemptPart part) {
        return new PastAttempt(part.getNumber(), new WorkerId(part.getWorkerId()), part.getStartedAt(),
                part.getEndedAt(), named(PastAttempt.Ending.values(), part.getEnding()),
                Optional.ofNullable(part.getError()).map(SnapshotMapping::error));
    }

    /** In the order of the reasons, so that equal jobs have equal bytes. */
    private static List<EndRequestPart> parts(Map<EndReason, Instant> requests) {
        return requests.entrySet()
                .stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(request -> new EndRequestPart(wireName(request.getKey()), request.getValue()))
                .toList();
    }

    private static Map<EndReason, Instant> endRequests(List<EndRequestPart> parts) {
        Map<EndReason, Instant> requests = new EnumMap<>(EndReason.class);
        parts.forEach(part -> requests.put(named(EndReason.values(), part.getReason()), part.getRequestedAt()));
        return requests;
    }

    private static OutcomePart part(Job.Outcome outcome) {
        return new OutcomePart(outcome.finishedAt(), outcome.result().map(Json::value).orElse(null),
                part(outcome.error()), outcome.inFavourOf().map(JobId::toString).orElse(null));
    }

    private static Job.Outcome outcome(OutcomePart part) {
        return new Job.Outcome(part.getFinishedAt(), Optional.ofNullable(part.getResult()).map(Json::new),
                Optional.ofNullable(part.getError()).map(SnapshotMapping::error),
                Optional.ofNullable(part.getInFavourOf()).map(JobId::parse));
    }

    private static @Nullable ErrorRecord part(Optional<JobError> error) {
        return error.map(present -> new ErrorRecord(present.code(), present.message(), present.stackTrace()))
                .orElse(null);
    }

    private static JobError error(ErrorRecord part) {
        return new JobError(part.getCode(), part.getMessage(), part.getStackTrace());
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E named(E[] constants, String wireName) {
        return Arrays.stream(constants)
                .filter(constant -> wireName(constant).equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Expected one of " + Arrays.toString(constants) + ", but got '" + wireName + "'"));
    }
}
