package dev.leat.projector.query;

import java.util.Optional;

/** Gives what answers questions; empty before the start and after the stop. */
@FunctionalInterface
public interface ServingSource {

    Optional<Serving> serving();
}
