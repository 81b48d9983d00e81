package dev.leat.benchmarks.neighbour;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The plugin {@code neighbour}: its jobs take their time, never end, or crash at once. */
public final class NeighbourPlugin implements Plugin {

    private static final Duration A_WHILE = Duration.ofMillis(100);
    private static final Duration LONGER_THAN_A_BENCHMARK = Duration.ofHours(1);

    /** For the service loader. */
    public NeighbourPlugin() {
        // has nothing
    }

    @Override
    public String id() {
        return "neighbour";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(
                JobType.named("work", NoInput.class).handledBy((_, _) -> await(A_WHILE)),
                JobType.named("hang", NoInput.class).maxAttempts(1).timeout(LONGER_THAN_A_BENCHMARK)
                        .handledBy((_, _) -> await(LONGER_THAN_A_BENCHMARK)),
                JobType.named("crash", NoInput.class).maxAttempts(1).handledBy((_, context) -> {
                    throw crash(Math.floorMod(context.jobId().hashCode(), 3));
                }));
    }

    private static JobOutcome<NoResult> await(Duration time) throws InterruptedException {
        var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        return JobOutcome.succeeded();
    }

    private static Error crash(int way) {
        return switch (way) {
            case 0 -> new OutOfMemoryError("as it was told to");
            case 1 -> new StackOverflowError("as it was told to");
            default -> new NoClassDefFoundError("as it was told to");
        };
    }
}
