package dev.leat.projector.query;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import org.apache.kafka.streams.state.HostInfo;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;

/**
 * Finds one job: here, or by one hop at the instance that has it. Thread-safe; callers block.
 */
final class JobQuery {

    /** The longest that anybody may wait. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final Duration YOUNG = Duration.ofSeconds(5);

    private final PeerClient peers;
    private final QueryWaits waits;
    private final InstantSource clock;

    /**
     * What is asked.
     *
     * @param until what to wait for once the position has been seen; empty for the job as it is
     * @param patience how long the asker wants to wait, at most; for the position alone, no longer than
     *        {@link QueryWaits#position}
     * @param forwarded whether it has made its hop
     * @param pathAndQuery the question as it came, for the hop
     */
    record Question(JobId id, Optional<CommandPosition> position, Optional<Until> until, Optional<Duration> patience,
            boolean forwarded, String pathAndQuery) {}

    /** The job, or what its owner says about it. */
    sealed interface Answer {
        record Found(Job job) implements Answer {}

        record OfPeer(HttpResponse<byte[]> response) implements Answer {}
    }

    JobQuery(PeerClient peers, QueryWaits waits, InstantSource clock) {
        this.peers = peers;
        this.waits = waits;
        this.clock = clock;
    }

    Answer ask(Serving serving, Question question) throws InterruptedException {
        if (serving.jobs().owns(question.id())) {
            return new Answer.Found(
                    here(serving.jobs(), question).orElseThrow(() -> QueryProblems.jobNotFound(question.id())));
        }
        Optional<HostInfo> owner = question.forwarded()
                ? Optional.empty()
                : serving.ownership().ownerOf(question.id());
        return new Answer.OfPeer(there(
                owner.orElseThrow(() -> QueryProblems
                        .inTransition("partition " + serving.jobs().partitionOf(question.id()))),
                question));
    }

    private Optional<Job> here(LocalJobs jobs, Question question) throws InterruptedException {
        long deadline = System.nanoTime() + untilWait(question).toNanos();
        Optional<Job> job = now(jobs, question);
        if (question.until().isEmpty() || job.isEmpty()) {
            return job;
        }
        Until until = question.until().get();
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Optional<Job> then = jobs.findWhen(question.id(), until::holds, left);
        if (until == Until.DECIDED && then.isPresent() && !until.holds(then.get())) {
            throw QueryProblems.unavailable("Expected it to be decided in time whether job " + question.id()
                    + " has its key for itself, but it is not.");
        }
        return then;
    }

    private Optional<Job> now(LocalJobs jobs, Question question) throws InterruptedException {
        if (question.position().isPresent()) {
            CommandPosition position = question.position().get();
            if (position.partition() != jobs.partitionOf(question.id())) {
                throw QueryProblems.badParameter("position", "Expected a position on partition "
                        + jobs.partitionOf(question.id()) + ", where the job's facts are, but got " + position + ".");
            }
            return jobs.findAt(position, question.id(), positionWait(question));
        }
        Optional<Job> job = jobs.find(question.id());
        return job.isEmpty() && question.id().isYoungerThan(YOUNG, clock.instant())
                ? jobs.findWithin(question.id(), waits.youngId())
                : job;
    }

    private Duration untilWait(Question question) {
        return question.until().isPresent() ? question.patience().orElse(waits.position()) : Duration.ZERO;
    }

    /** Who waits for the end also takes the job as it is: a short wait must not make the position harder to reach. */
    private Duration positionWait(Question question) {
        Duration usual = waits.position();
        Duration asked = question.patience().orElse(usual);
        boolean longer = asked.compareTo(usual) > 0;
        return question.until()
                .map(until -> until == Until.DECIDED || longer ? asked : usual)
                .orElse(longer ? usual : asked);
    }

    private HttpResponse<byte[]> there(HostInfo owner, Question question) throws InterruptedException {
        Duration own = question.position().isPresent() ? positionWait(question) : waits.youngId();
        try {
            return peers.get(owner, question.pathAndQuery(), longer(own, untilWait(question)).plus(waits.peer()));
        } catch (IOException e) {
            throw QueryProblems.unavailable("Expected an answer of the projector that has the job, but got none.");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
