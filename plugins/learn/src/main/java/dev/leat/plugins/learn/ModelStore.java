package dev.leat.plugins.learn;

import java.util.Optional;

/** Where the model is that all jobs use. Thread-safe. */
interface ModelStore {

    /** The model that was trained last, if there is one. Cheap enough to be asked for by each job. */
    Optional<TrainedModel> current();

    /** Puts another model in its place. */
    void replace(TrainedModel model);
}
