package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.NoResult;

final class FailHandler implements JobHandler<FailInput, NoResult> {

    @Override
    public JobOutcome<NoResult> run(FailInput input, JobContext context) {
        return switch (input.way()) {
            case SAY -> JobOutcome.failed(input.message());
            case THROW -> throw new IllegalStateException(input.message());
        };
    }
}
