package dev.leat.schemas;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.schemas.avro.AwaitedJobPart;
import dev.leat.schemas.avro.AwaitedPart;
import dev.leat.schemas.avro.AwaitedRecord;

/** How jobs ended that others have waited for, in commands, in control and in stored jobs. */
final class AwaitedParts {

    private AwaitedParts() {}

    static AwaitedPart part(AwaitedJob end) {
        return new AwaitedPart(end.job().toString(), state(end), result(end), code(end), message(end));
    }

    static AwaitedJob read(AwaitedPart part) {
        return awaited(part.getJobId(), part.getState(), part.getResult(), part.getErrorCode(), part.getErrorMessage());
    }

    static List<AwaitedJobPart> ofCommand(List<AwaitedJob> ends) {
        return ends.stream()
                .map(end -> new AwaitedJobPart(end.job().toString(), state(end), result(end), code(end), message(end)))
                .toList();
    }

    static AwaitedJob read(AwaitedJobPart part) {
        return awaited(part.getJobId(), part.getState(), part.getResult(), part.getErrorCode(), part.getErrorMessage());
    }

    static AwaitedRecord stored(AwaitedJob end) {
        return new AwaitedRecord(end.job().toString(), state(end), result(end), code(end), message(end));
    }

    static AwaitedJob read(AwaitedRecord part) {
        return awaited(part.getJobId(), part.getState(), part.getResult(), part.getErrorCode(), part.getErrorMessage());
    }

    private static @Nullable String state(AwaitedJob end) {
        return end.state().map(JobState::wireName).orElse(null);
    }

    private static @Nullable String result(AwaitedJob end) {
        return end.result().map(Json::value).orElse(null);
    }

    private static @Nullable String code(AwaitedJob end) {
        return end.error().map(JobError::code).orElse(null);
    }

    private static String message(AwaitedJob end) {
        return end.error().map(JobError::message).orElse("");
    }

    private static AwaitedJob awaited(String job, @Nullable String state, @Nullable String result,
            @Nullable String code, String message) {
        return new AwaitedJob(JobId.parse(job), Optional.ofNullable(state).map(AwaitedParts::terminal),
                Optional.ofNullable(result).map(Json::new),
                Optional.ofNullable(code).map(present -> JobError.of(present, message)));
    }

    private static JobState terminal(String name) {
        return JobState.ofWireName(name)
                .filter(JobState::isTerminal)
                .orElseThrow(() -> new IllegalArgumentException("Expected how a job ended, but got '" + name + "'"));
    }
}
