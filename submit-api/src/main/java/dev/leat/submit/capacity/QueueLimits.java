package dev.leat.submit.capacity;

import java.util.Map;

/**
 * How many jobs may wait.
 *
 * @param perPlugin of each plugin
 * @param total of all plugins together
 */
public record QueueLimits(long perPlugin, long total) {

    /** Whether more jobs may be submitted. */
    sealed interface Verdict {

        record Admitted() implements Verdict {}

        /** The plugin has as many as it may have. */
        record PluginFull(String plugin, long queued, long limit) implements Verdict {}

        /** There are as many as there may be. */
        record Full(long queued, long limit) implements Verdict {}
    }

    /**
     * Judges so many more jobs of each plugin: all of them, or none.
     *
     * @param known those that waited when projectors last said
     * @param since those that were accepted here since then; none of them is taken to have begun
     */
    Verdict judge(Map<String, Integer> more, WaitingJobs known, WaitingJobs since) {
        for (Map.Entry<String, Integer> jobs : more.entrySet()) {
            long ofPlugin = known.of(jobs.getKey()) + since.of(jobs.getKey());
            if (ofPlugin + jobs.getValue() > perPlugin) {
                return new Verdict.PluginFull(jobs.getKey(), ofPlugin, perPlugin);
            }
        }
        long all = known.total() + since.total();
        long added = more.values().stream().mapToLong(Integer::longValue).sum();
        return all + added > total ? new Verdict.Full(all, total) : new Verdict.Admitted();
    }
}
