package dev.leat.e2e.chaos;

/** What a process does in an installation. */
enum Role {
    BROKER, PROJECTOR, WORKER, API
}
