package dev.leat.domain.batch;

import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.Json;
import dev.leat.domain.Origin;

/**
 * What a schedule or a handler wants of a batch whose id it has derived. An instance of the API reads it, checks it as
 * any other batch, and opens the batch or refuses it: once, whichever instances crash meanwhile.
 */
public sealed interface BatchOrder {

    /** When it was asked for, on the clock of the one who asks. */
    Instant at();

    /**
     * Open the batch; nothing where it has been opened.
     *
     * @param origin who is told how it ends
     */
    record Place(Content content, Optional<Origin> origin, Instant at) implements BatchOrder {}

    /** Release nothing more, and end what has been released. Comes after the order that has opened the batch. */
    record Cancel(Instant at) implements BatchOrder {}

    /** Of what the batch consists. */
    sealed interface Content {

        /** The template of that name, as it is when the order is read, with these params. */
        record OfTemplate(BatchRun run) implements Content {}

        /** A batch in the form in which clients submit it. */
        record Written(Json batch) implements Content {}
    }
}
