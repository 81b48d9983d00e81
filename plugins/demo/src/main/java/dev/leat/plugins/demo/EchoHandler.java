package dev.leat.plugins.demo;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;

final class EchoHandler implements JobHandler<EchoInput, EchoResult> {

    @Override
    public JobOutcome<EchoResult> run(EchoInput input, JobContext context) {
        return JobOutcome.succeeded(new EchoResult(input.message()));
    }
}
