package dev.leat.plugins.learn;

import dev.leat.plugin.PluginState;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The model that all workers use: the one that was trained last. It is kept in what they share, and in each of them in the
 * form that predictions need for as long as it stays the same.
 *
 * <p>Thread-safe.
 */
final class SharedModel {

    private static final String KEY = "model";

    private volatile Memo memo = new Memo(OptionalLong.empty(), Optional.empty());

    /** A model, and the version of the shared one that it was made from. */
    private record Memo(OptionalLong version, Optional<TrainedModel> model) {}

    /** The model, if one has been trained; cheap enough to be asked for by each job. */
    Optional<TrainedModel> in(PluginState state) {
        // First the version: where another model comes in between, it is read here and, needlessly, once more by the next.
        OptionalLong version = state.version(KEY);
        Memo known = memo;
        if (!version.equals(known.version())) {
            known = new Memo(version, state.get(KEY, TrainedModel.class));
            memo = known;
        }
        return known.model();
    }

    /** Puts another model in its place, for all workers. */
    void replace(PluginState state, TrainedModel model) throws InterruptedException {
        state.put(KEY, model);
    }
}
