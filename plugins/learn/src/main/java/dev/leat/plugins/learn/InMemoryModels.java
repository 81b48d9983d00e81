package dev.leat.plugins.learn;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps the model of one worker. */
final class InMemoryModels implements ModelStore {

    private final AtomicReference<Optional<TrainedModel>> model = new AtomicReference<>(Optional.empty());

    @Override
    public Optional<TrainedModel> current() {
        return model.get();
    }

    @Override
    public void replace(TrainedModel next) {
        model.set(Optional.of(next));
    }
}
