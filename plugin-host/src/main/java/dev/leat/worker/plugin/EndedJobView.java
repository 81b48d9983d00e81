package dev.leat.worker.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.JobError;
import dev.leat.domain.JobState;
import dev.leat.plugin.EndedJob;

/** What a handler sees of a job that its attempt has waited for. */
public record EndedJobView(AwaitedJob end, RecordJson json) implements EndedJob {

    @Override
    public UUID jobId() {
        return end.job().value();
    }

    @Override
    public Ending ending() {
        return end.state().map(EndedJobView::ending).orElse(Ending.UNKNOWN);
    }

    private static Ending ending(JobState state) {
        return switch (state) {
            case COMPLETED -> Ending.COMPLETED;
            case FAILED -> Ending.FAILED;
            case TIMED_OUT -> Ending.TIMED_OUT;
            case CANCELLED -> Ending.CANCELLED;
            case EXPIRED -> Ending.EXPIRED;
            case REJECTED -> Ending.REJECTED;
            case UNKNOWN, SCHEDULED, QUEUED, RUNNING, RETRYING ->
                throw new IllegalStateException("Expected how a job ended, but got " + state);
        };
    }

    @Override
    public Optional<String> reason() {
        return end.error().map(JobError::message).filter(message -> !message.isEmpty());
    }

    @Override
    public <R extends Record> Optional<R> result(Class<R> type) {
        try {
            return end.result().map(result -> json.read(result.value().getBytes(StandardCharsets.UTF_8), type));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Expected job %s to have a result of another kind. %s"
                    .formatted(end.job(), e.getMessage()), e);
        }
    }
}
