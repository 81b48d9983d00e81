package dev.leat.domain.batch;

import java.util.List;

/** What becomes of a batch in one step, and what is to be done for it. */
public record BatchChange(Batch batch, List<BatchEffect> effects) {

    public BatchChange {
        effects = List.copyOf(effects);
    }

    static BatchChange of(Batch batch, BatchEffect... effects) {
        return new BatchChange(batch, List.of(effects));
    }
}
