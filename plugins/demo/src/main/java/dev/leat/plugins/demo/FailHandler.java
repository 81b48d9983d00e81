package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.NoResult;

final class FailHandler implements JobHandler<FailInput, NoResult> {

    @Override
    public JobOutcome<NoResult> run(FailInput input, JobContext context) {
        if (input.failures().isPresent() && context.attempt() > input.failures().getAsInt()) {
            return JobOutcome.succeeded();
        }
        return switch (input.way()) {
            case SAY -> JobOutcome.failed(input.message());
            case THROW -> throw new IllegalStateException(input.message());
            case FOR_GOOD -> JobOutcome.notRetryable(input.message());
        };
    }
}
