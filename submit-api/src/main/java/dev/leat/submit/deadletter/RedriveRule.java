package dev.leat.submit.deadletter;

import java.util.Optional;
import java.util.Set;

import dev.leat.domain.CommandPosition;
import dev.leat.runtime.http.Problem;
import dev.leat.schemas.Topics;

/**
 * Says which dead letters may be sent back, by what is known of them alone. The topic of origin comes from a header, which
 * anybody may have written: nothing is ever sent to a topic that holds no records of jobs of this installation.
 */
final class RedriveRule {

    private final Topics topics;
    private final Set<String> ofJobs;

    RedriveRule(Topics topics) {
        this.topics = topics;
        this.ofJobs = Set.of(topics.events(), topics.control(), topics.pending());
    }

    /** Why the dead letter cannot be sent back at all; empty where it can. */
    Optional<Problem> refusal(DeadLetterEntry entry) {
        if (entry.leftOut().isPresent()) {
            return entry.leftOut().map(what -> DeadLetterProblems.leftOut(entry.id(), what));
        }
        return isOfJobs(entry)
                ? Optional.empty()
                : Optional.of(DeadLetterProblems.unusableOrigin(entry.id(), entry.origin()
                        .map(origin -> "it comes from " + origin.topic())
                        .orElse("it does not say where it comes from")));
    }

    private boolean isOfJobs(DeadLetterEntry entry) {
        return entry.origin()
                .map(CommandPosition::topic)
                .filter(topic -> ofJobs.contains(topic) || topics.parseLane(topic).isPresent())
                .isPresent();
    }
}
