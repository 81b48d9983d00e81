package dev.leat.projector.query;

import java.time.Duration;

/**
 * How long a question waits, at most.
 *
 * @param position until facts are folded up to a position
 * @param youngId for the command of a job whose id was drawn a moment ago
 * @param peer for another instance, beyond what that one waits itself
 */
public record QueryWaits(Duration position, Duration youngId, Duration peer) {}
