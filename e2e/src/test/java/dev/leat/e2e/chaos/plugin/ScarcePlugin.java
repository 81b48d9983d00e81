package dev.leat.e2e.chaos.plugin;

import java.util.List;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** The plugin that is limited and paused. */
public final class ScarcePlugin implements Plugin {

    /** How long it takes. */
    public record Work(@Min(0) @Max(60_000) int millis) {}

    /** For the service loader. */
    public ScarcePlugin() {
        // has nothing
    }

    @Override
    public String id() {
        return "scarce";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(JobType.named("work", Work.class).maxAttempts(5).handledBy(ScarcePlugin::work));
    }

    private static JobOutcome<NoResult> work(Work work, JobContext context) throws InterruptedException {
        Pause.of(work.millis());
        return JobOutcome.succeeded();
    }
}
