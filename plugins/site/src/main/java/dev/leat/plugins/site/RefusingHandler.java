package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.site.path.RefusedException;

/**
 * Fails a job for good that is refused: it would be refused again.
 *
 * @param handler throws {@link RefusedException} for that
 */
record RefusingHandler<I extends Record, R>(JobHandler<I, R> handler) implements JobHandler<I, R> {

    @Override
    public JobOutcome<R> run(I input, JobContext context) throws Exception {
        try {
            return handler.run(input, context);
        } catch (RefusedException e) {
            return JobOutcome.notRetryable(e.reason());
        }
    }
}
