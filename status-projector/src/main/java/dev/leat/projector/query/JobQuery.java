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

    private static final Duration YOUNG = Duration.ofSeconds(5);

    private final PeerClient peers;
    private final QueryWaits waits;
    private final InstantSource clock;

    /**
     * What is asked.
     *
     * @param patience how long the asker wants to wait for the position, at most
     * @param forwarded whether it has made its hop
     * @param pathAndQuery the question as it came, for the hop
     */
    record Question(JobId id, Optional<CommandPosition> position, Optional<Duration> patience, boolean forwarded,
            String pathAndQuery) {}

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

    private Duration positionWait(Question question) {
        return question.patience().filter(asked -> asked.compareTo(waits.position()) < 0).orElse(waits.position());
    }

    private HttpResponse<byte[]> there(HostInfo owner, Question question) throws InterruptedException {
        Duration own = question.position().isPresent() ? positionWait(question) : waits.youngId();
        try {
            return peers.get(owner, question.pathAndQuery(), own.plus(waits.peer()));
        } catch (IOException e) {
            throw QueryProblems.unavailable("Expected an answer of the projector that has the job, but got none.");
        }
    }
}
