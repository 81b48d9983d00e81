package dev.leat.submit.capacity;

/**
 * How many jobs may wait.
 *
 * @param perPlugin of each plugin
 * @param total of all plugins together
 */
public record QueueLimits(long perPlugin, long total) {

    /** Whether one more job may be submitted. */
    sealed interface Verdict {

        record Admitted() implements Verdict {}

        /** The plugin has as many as it may have. */
        record PluginFull(String plugin, long queued, long limit) implements Verdict {}

        /** There are as many as there may be. */
        record Full(long queued, long limit) implements Verdict {}
    }

    /**
     * Judges one more job of the plugin.
     *
     * @param known those that waited when projectors last said
     * @param since those that were accepted here since then; none of them is taken to have begun
     */
    Verdict judge(String plugin, WaitingJobs known, WaitingJobs since) {
        long ofPlugin = known.of(plugin) + since.of(plugin);
        if (ofPlugin >= perPlugin) {
            return new Verdict.PluginFull(plugin, ofPlugin, perPlugin);
        }
        long all = known.total() + since.total();
        return all >= total ? new Verdict.Full(all, total) : new Verdict.Admitted();
    }
}
