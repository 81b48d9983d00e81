package dev.leat.e2e.chaos;

import java.time.Instant;
import java.util.Optional;

import dev.leat.domain.WorkerId;

/**
 * A fault that happened.
 *
 * @param worker under which name the process claimed, if it did
 * @param at when the process was down, or stood still
 * @param alone whether no other process of its role was down or stood still then
 */
record Injection(FaultKind kind, Node node, Optional<WorkerId> worker, Instant at, boolean alone) {}
