package dev.leat.e2e.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import dev.leat.domain.WorkerId;
import dev.leat.e2e.JvmProcess;
import dev.leat.e2e.LeatApi;

/**
 * A process that something may happen to.
 *
 * @param state the folder that it could do without
 */
record Node(Role role, String name, JvmProcess process, Optional<Path> state) {

    Node(Role role, String name, JvmProcess process) {
        this(role, name, process, Optional.empty());
    }

    /** The name under which it claims jobs, a new one after each start; empty where it does not, or does not answer. */
    Optional<WorkerId> claimsAs() throws InterruptedException {
        if (role != Role.WORKER) {
            return Optional.empty();
        }
        try (LeatApi health = new LeatApi(URI.create(process.address()))) {
            return Optional.of(health.json("/health/readiness").at("/details/worker/details/worker").asText())
                    .filter(name -> !name.isEmpty())
                    .map(WorkerId::new);
        } catch (IOException | AssertionError down) {
            return Optional.empty();
        }
    }
}
