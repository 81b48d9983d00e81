package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.site.output.BuildId;
import dev.leat.plugins.site.output.BuildStore;
import dev.leat.plugins.site.output.Output;
import dev.leat.plugins.site.output.RollbackJournal.Rollback;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Serves the build again that was served before the one that is; one step back for each job, in however many attempts. */
record RollbackHandler(Workshop workshop) implements JobHandler<RollbackInput, RollbackResult> {

    @Override
    public JobOutcome<RollbackResult> run(RollbackInput input, JobContext context)
            throws RefusedException, IOException {
        Output output = workshop.output(input.outputDir());
        if (output.served().isEmpty()) {
            throw new RefusedException("Expected '%s' to be built, but it is not".formatted(input.outputDir()));
        }
        return workshop.alone(output, context, store -> {
            Rollback rollback = rollBack(store, context.jobId());
            return new RollbackResult(input.outputDir(), rollback.from().toString(), rollback.to().toString());
        });
    }

    private static Rollback rollBack(BuildStore store, UUID job) throws RefusedException, IOException {
        Optional<Rollback> earlier = store.rollbacks().of(job);
        Rollback rollback = earlier.isPresent() ? earlier.get() : fromServed(store);
        // Where something else is served than what an earlier attempt had found, that attempt has done it.
        if (store.served().equals(Optional.of(rollback.from()))) {
            store.rollBack(job, rollback);
        }
        return rollback;
    }

    private static Rollback fromServed(BuildStore store) throws RefusedException, IOException {
        BuildId served = store.served()
                .orElseThrow(() -> new RefusedException("Expected a build to be served, but there is none"));
        Optional<BuildId> previous = store.manifest(served).previous();
        if (previous.isEmpty() || !store.has(previous.get())) {
            throw new RefusedException("Expected a build that was served before %s to be kept, but there is none"
                    .formatted(served));
        }
        return new Rollback(served, previous.get());
    }
}
