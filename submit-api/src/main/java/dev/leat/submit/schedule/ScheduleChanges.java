package dev.leat.submit.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

import dev.leat.domain.JobId;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.schedule.ScheduleSpec;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.status.ProjectorAnswer;

/**
 * Makes, changes and deletes schedules. Thread-safe; callers block.
 *
 * <p>Invariant: nobody overwrites what he has not seen. A change is written as the next version of the one that it was
 * made from; of two such, the first one on the topic counts, and whoever wrote the other one is told so.
 */
public final class ScheduleChanges {

    private final ScheduleTargets targets;
    private final ScheduleLog log;
    private final ScheduleReads reads;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * What became of a change.
     *
     * @param created whether there was no such schedule before
     */
    public record Changed(ScheduleId id, boolean created, long version, ProjectorAnswer schedule) {}

    /** @param random names schedules and changes; thread-safe */
    public ScheduleChanges(ScheduleTargets targets, ScheduleLog log, ScheduleReads reads, RandomGenerator random,
            InstantSource clock) {
        this.targets = targets;
        this.log = log;
        this.reads = reads;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a schedule.
     *
     * @throws ProblemException where there is one of this id, its job or batch cannot run, or Kafka, the registry or the projectors
     *         are away
     */
    public Changed create(WantedSchedule wanted) {
        ScheduleSpec spec = wanted.specOf(targets.of(wanted.target()));
        ScheduleId id = wanted.id().orElseGet(() -> new ScheduleId(JobId.draw(now(), random).toString()));
        if (reads.revision(id).isPresent()) {
            throw ScheduleProblems.exists(id);
        }
        return write(ScheduleRevision.first(id, name(), now(), spec), true);
    }

    /**
     * Puts a schedule in the place of the one of this id, or makes it.
     *
     * @param ifMatch the version that it must be in
     * @throws ProblemException where it is in another version, its job or batch cannot run, somebody else changes it at the same
     *         time, or Kafka, the registry or the projectors are away
     */
    public Changed put(ScheduleId id, WantedSchedule wanted, Optional<String> ifMatch) {
        ScheduleSpec spec = wanted.specOf(targets.of(wanted.target()));
        Optional<ScheduleRevision> current = matching(id, ifMatch);
        return current.map(known -> write(known.changed(spec, name(), now()), false))
                .orElseGet(() -> write(ScheduleRevision.first(id, name(), now(), spec), true));
    }

    /**
     * Pauses a schedule or lets it go on; changes nothing where it is so.
     *
     * @throws ProblemException as {@link #put}, and where there is no such schedule
     */
    public Changed pause(ScheduleId id, boolean paused, Optional<String> ifMatch) {
        ScheduleRevision current = existing(id, ifMatch);
        return current.spec().paused() == paused
                ? new Changed(id, false, current.version(), reads.schedule(id))
                : change(current, (revision, now) -> revision.changed(revision.spec().withPaused(paused), name(), now));
    }

    /**
     * Has a schedule fire at once, beside its cadence, also where it is paused.
     *
     * @throws ProblemException as {@link #put}, and where there is no such schedule
     */
    public Changed trigger(ScheduleId id, Optional<String> ifMatch) {
        return change(existing(id, ifMatch), (revision, now) -> revision.triggered(name(), now));
    }

    /**
     * Deletes a schedule. The jobs that it has submitted go on.
     *
     * @throws ProblemException as {@link #put}, and where there is no such schedule
     */
    public void delete(ScheduleId id, Optional<String> ifMatch) {
        ScheduleRevision current = existing(id, ifMatch);
        log.delete(current.id());
        reads.awaitGone(id);
    }

    private Changed change(ScheduleRevision current, BiFunction<ScheduleRevision, Instant, ScheduleRevision> next) {
        return write(next.apply(current, now()), false);
    }

    private ScheduleRevision existing(ScheduleId id, Optional<String> ifMatch) {
        return matching(id, ifMatch).orElseThrow(() -> ScheduleProblems.notFound(id));
    }

    private Optional<ScheduleRevision> matching(ScheduleId id, Optional<String> ifMatch) {
        Optional<ScheduleRevision> current = reads.revision(id);
        ifMatch.filter(wanted -> current.filter(known -> wanted.equals("*") || wanted.equals(tag(known.version())))
                .isEmpty()).ifPresent(wanted -> {
                    throw ScheduleProblems.otherVersion(id, wanted, current.map(ScheduleRevision::version));
                });
        return current;
    }

    /** The entity tag of a version. */
    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    private Changed write(ScheduleRevision revision, boolean created) {
        log.write(revision);
        ProjectorAnswer answer;
        try {
            answer = reads.schedule(revision.id(), revision.version());
        } catch (ProblemException unavailable) {
            throw ScheduleProblems.undecided(revision.id());
        }
        if (!answer.isFound() || reads.versionOf(answer) > revision.version()) {
            throw ScheduleProblems.undecided(revision.id());
        }
        if (!reads.changeOf(answer).equals(revision.change())) {
            throw created ? ScheduleProblems.exists(revision.id()) : ScheduleProblems.changed(revision.id());
        }
        return new Changed(revision.id(), created, revision.version(), answer);
    }

    private String name() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Avro keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
