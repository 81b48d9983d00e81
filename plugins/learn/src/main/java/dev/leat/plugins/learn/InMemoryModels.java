package dev.leat.plugins.learn;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the model of one worker. */
final class InMemoryModels implements ModelStore {

    private volatile @Nullable TrainedModel model;

    @Override
    public Optional<TrainedModel> current() {
        return Optional.ofNullable(model);
    }

    @Override
    public void replace(TrainedModel next) {
        model = next;
    }
}
