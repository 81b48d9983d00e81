package dev.leat.submit.socket;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.domain.Json;
import dev.leat.runtime.http.Problem;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.JobReads.Moment;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorJson;
import dev.leat.submit.submission.JobCancellation;
import dev.leat.submit.submission.JobClearer;
import dev.leat.submit.submission.JobSubmitter;
import dev.leat.submit.submission.SubmitResult;

/**
 * Does what clients ask for, by the same parts as the routes of the HTTP API, and answers: there is an answer to each
 * command, whatever happens. Thread-safe; callers block, so they run on virtual threads.
 */
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final Moment NOW = new Moment(Optional.empty(), Duration.ZERO);
    private static final String COMPLETED = "?status=completed";

    private final Parts parts;

    /** What does the work. */
    record Parts(JobSubmitter submitter, JobCancellation cancellation, JobClearer clearer, JobReads jobs,
            ProjectorJson answers) {}

    Commands(Parts parts) {
        this.parts = parts;
    }

    ServerMessage create(ClientMessage.CreateJob wanted) {
        return answer(wanted.requestId(), () -> switch (parts.submitter().submit(wanted.job())) {
            case SubmitResult.Accepted(JobView job, CommandPosition position) ->
                new ServerMessage.JobAck(wanted.requestId(), job, Optional.of(position.toString()), false);
            case SubmitResult.Repeated(JobId first) ->
                new ServerMessage.JobAck(wanted.requestId(), earlier(first), Optional.empty(), true);
        });
    }

    private Map<String, Json> earlier(JobId first) {
        ProjectorAnswer answer = parts.jobs().job(first, NOW);
        if (!answer.isFound()) {
            throw ApiProblems.statusUnavailable(Duration.ofSeconds(1));
        }
        return parts.answers().members(answer);
    }

    ServerMessage cancel(ClientMessage.CancelJob wanted) {
        return answer(wanted.requestId(), () -> switch (parts.cancellation().cancel(wanted.job(), NOW)) {
            case JobCancellation.Outcome.Requested(Map<String, Json> job, Optional<CommandPosition> position) ->
                new ServerMessage.JobAck(wanted.requestId(), job, position.map(CommandPosition::toString), false);
            case JobCancellation.Outcome.NotFound(ProjectorAnswer answer) ->
                ServerMessage.Refusal.of(wanted.requestId(), parts.answers().problem(answer));
        });
    }

    ServerMessage clear(ClientMessage.ClearCompleted wanted) {
        return answer(wanted.requestId(), () -> {
            JobClearer.Cleared cleared = parts.clearer().clear(COMPLETED);
            return new ServerMessage.ClearedAck(wanted.requestId(), cleared.cleared(), cleared.more());
        });
    }

    private static ServerMessage answer(String requestId, Supplier<ServerMessage> command) {
        try {
            return command.get();
        } catch (ProblemException refused) {
            return ServerMessage.Refusal.of(Optional.of(requestId), refused);
        } catch (RuntimeException unexpected) {
            return ServerMessage.Refusal.of(requestId, internalError(unexpected));
        }
    }

    /** What a client is told of something that is no fault of its own; the log says more. */
    static Problem internalError(RuntimeException unexpected) {
        URI instance = URI.create("urn:uuid:" + UUID.randomUUID());
        LOG.error("Failed to answer a message of a WebSocket ({})", instance, unexpected);
        return Problem.of("internal-error", "Internal error", 500)
                .withDetail("Something went wrong inside Leat; its log says more under " + instance + ".")
                .withInstance(instance);
    }
}
