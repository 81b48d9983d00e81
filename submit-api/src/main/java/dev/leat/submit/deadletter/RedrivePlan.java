package dev.leat.submit.deadletter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.leat.domain.CommandPosition;
import dev.leat.runtime.http.Problem;

/**
 * What is to become of a set of dead letters.
 *
 * @param wanted those to send back, in the order of their partitions: the facts of one job keep their order
 * @param skipped how many were sent back before
 * @param refused those that cannot be sent back, and why
 */
record RedrivePlan(List<DeadLetterEntry> wanted, int skipped, Map<DeadLetterId, Problem> refused) {

    static final int CHUNK_RECORDS = 500;
    static final long CHUNK_BYTES = 8L << 20;

    private static final Comparator<DeadLetterEntry> AS_WRITTEN = Comparator
            .comparingInt((DeadLetterEntry entry) -> entry.id().partition())
            .thenComparingLong(entry -> entry.id().offset());

    /** @param again whether those that were sent back before are sent again */
    static RedrivePlan of(List<DeadLetterEntry> set, boolean again, RedriveRule rule) {
        List<DeadLetterEntry> wanted = new ArrayList<>();
        Map<DeadLetterId, Problem> refused = new LinkedHashMap<>();
        int skipped = 0;
        for (DeadLetterEntry entry : set) {
            Optional<Problem> refusal = rule.refusal(entry);
            if (entry.redrivenAt().isPresent() && !again) {
                skipped++;
            } else if (refusal.isPresent()) {
                refused.put(entry.id(), refusal.get());
            } else {
                wanted.add(entry);
            }
        }
        wanted.sort(AS_WRITTEN);
        return new RedrivePlan(wanted, skipped, refused);
    }

    /** Where the wanted ones would go. */
    Set<String> topics() {
        return wanted.stream().map(RedrivePlan::topic).collect(Collectors.toSet());
    }

    /** The same, but nothing is sent to other topics than these, which exist. */
    RedrivePlan onlyTo(Set<String> existing) {
        Map<DeadLetterId, Problem> more = new LinkedHashMap<>(refused);
        wanted.stream()
                .filter(entry -> !existing.contains(topic(entry)))
                .forEach(entry -> more.put(entry.id(), DeadLetterProblems.unusableOrigin(entry.id(),
                        "its topic " + topic(entry) + " does not exist")));
        return new RedrivePlan(wanted.stream().filter(entry -> existing.contains(topic(entry))).toList(), skipped,
                more);
    }

    /** The wanted ones, so many at once as memory holds without notice. */
    List<List<DeadLetterEntry>> chunks() {
        List<List<DeadLetterEntry>> chunks = new ArrayList<>();
        long bytes = 0;
        for (DeadLetterEntry entry : wanted) {
            bytes += entry.size();
            if (chunks.isEmpty() || bytes > CHUNK_BYTES || chunks.getLast().size() == CHUNK_RECORDS) {
                chunks.add(new ArrayList<>());
                bytes = entry.size();
            }
            chunks.getLast().add(entry);
        }
        return chunks;
    }

    private static String topic(DeadLetterEntry entry) {
        return entry.origin().map(CommandPosition::topic).orElseThrow();
    }
}
